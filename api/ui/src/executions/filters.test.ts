import { expect, test } from "vitest";
import { readQuery, readSearch, toFilters, writeQuery } from "./filters";

test("filters come back from the address as they went", () => {
  const search = readSearch({
    task: "hello",
    status: "FAILED",
    label: ["team=a&b", "x=é <b>"],
    within: "24h",
    q: "50 % of",
  });
  const query = writeQuery({ ...search });
  expect(readSearch(readQuery(query))).toEqual(search);
  expect(query).toContain("status=FAILED&label=team%3Da%26b&label=x%3D");
});

test("one of a list is a list", () => {
  expect(readSearch(readQuery("?status=FAILED&label=a%3Db"))).toEqual({ status: "FAILED", label: ["a=b"] });
});

test("what an address should not say is left out", () => {
  expect(
    readSearch({ status: ["NONSENSE", "FAILED"], label: "novalue", within: "constructor", since: "soon", q: "  ", x: 1 }),
  ).toEqual({ status: "FAILED" });
});

test("numbers are text", () => {
  expect(readSearch(readQuery("?q=007"))).toEqual({ q: "007" });
});

test("a span counts from now, to the minute", () => {
  const now = Date.parse("2026-03-04T05:06:07Z");
  expect(toFilters({ within: "1h", q: "x" }, now)).toEqual({ q: "x", since: "2026-03-04T04:06:00.000Z" });
});

test("no filter is no query", () => {
  expect(writeQuery({})).toBe("");
});
