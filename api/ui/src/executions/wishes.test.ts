import { expect, test } from "vitest";
import { parametersOf, PLAIN } from "./wishes";

const ALL = { ...PLAIN, reason: " enough ", priority: 1, latest: true, input: '{"n": 2}' };

test("each operation is told only what it takes", () => {
  expect(parametersOf("cancel", ALL)).toEqual({ reason: "enough" });
  expect(parametersOf("priority", ALL)).toEqual({ priority: 1, reason: "enough" });
  expect(parametersOf("retry", ALL)).toEqual({ version: "latest" });
  expect(parametersOf("rerun", ALL)).toEqual({ version: "latest", input: { n: 2 } });
});

test("what was not said is left out", () => {
  expect(parametersOf("terminate", PLAIN)).toEqual({});
  expect(parametersOf("retry", PLAIN)).toEqual({});
  expect(parametersOf("rerun", PLAIN)).toEqual({});
});

test("an input that is no JSON is refused, not sent", () => {
  expect(() => parametersOf("rerun", { ...PLAIN, input: "{n: 2" })).toThrow(SyntaxError);
});
