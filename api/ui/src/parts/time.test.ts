import { expect, test } from "vitest";
import { bytes, millisOf, span } from "./time";

test.each([
  [85.4, "85 ms"],
  [3_210, "3.2 s"],
  [59_900, "59 s"],
  [247_000, "4 min 7 s"],
  [3_600_000, "1 h"],
  [7_500_000, "2 h 5 min"],
  [273_600_000, "3 d 4 h"],
  [-5, "0 ms"],
])("%d ms is %s", (millis, text) => {
  expect(span(millis)).toBe(text);
});

test.each([
  ["PT1.5S", 1_500],
  ["PT2M3S", 123_000],
  ["P1D", 86_400_000],
  ["P1DT1H", 90_000_000],
  ["PT0.000123S", 0.123],
])("%s has its milliseconds", (iso, millis) => {
  expect(millisOf(iso)).toBeCloseTo(millis);
});

test("what is no duration is no number", () => {
  expect(millisOf("soon")).toBeNaN();
});

test("sizes have the unit that fits", () => {
  expect([bytes(512), bytes(3_500), bytes(12 << 20)]).toEqual(["512 B", "3.4 KiB", "12 MiB"]);
});
