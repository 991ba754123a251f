"""Profiles the columns of a CSV file, with the standard library only."""

import csv
import json
import math
import os
import re

INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
ROWS_BETWEEN_REPORTS = 1000


def main(input):
    path = input["file"]
    size = os.path.getsize(path)
    missing = set(input["missing"])
    with open(path, newline="", encoding="utf-8") as lines:
        rows = csv.reader(lines, delimiter=input["delimiter"])
        names = next(rows, [])
        columns = [[] for _ in names]
        count = read = 0
        for row in rows:
            if len(row) != len(names):
                raise ValueError(f"line {rows.line_num} has {len(row)} values instead of {len(names)}")
            count += 1
            read += sum(map(len, row)) + len(row)
            for column, value in zip(columns, row):
                column.append(value)
            if count % ROWS_BETWEEN_REPORTS == 0:
                report(min(0.9, 0.9 * read / size), f"{count} rows read")
    print(f"{path}: {count} rows, {len(names)} columns")
    return {
        "file": path,
        "rows": count,
        "columns": [profile(name, column, missing) for name, column in zip(names, columns)],
    }


def report(fraction, message):
    with open(os.environ["TASK_PROGRESS"], "a") as progress:
        progress.write(json.dumps({"fraction": round(fraction, 3), "message": message}) + "\n")


def profile(name, column, missing):
    values = [value for value in column if value not in missing]
    kind = kind_of(values)
    if kind in ("integer", "number"):
        values = sorted(map(int if kind == "integer" else float, values))
    result = {
        "name": name,
        "type": kind,
        "nulls": len(column) - len(values),
        "distinct": len(set(values)),
        "min": min(values, default=None),
        "max": max(values, default=None),
    }
    if kind in ("integer", "number"):
        result["quantiles"] = {f"q{p}": quantile(values, p / 100) for p in (25, 50, 75)}
    return result


def kind_of(values):
    if not values:
        return "empty"
    if all(map(INTEGER.fullmatch, values)):
        return "integer"
    return "number" if all(map(NUMBER.fullmatch, values)) else "text"


def quantile(ordered, share):
    """Between the two nearest values, in proportion (type 7 of Hyndman and Fan)."""
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
