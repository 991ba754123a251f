import { describe, expect, test } from "vitest";
import { LocatedText, partsOf } from "./pointer";

const YAML = `name: hello
inputSchema:
  type: object
  properties:
    a/b: {type: text}
automated:
  runtime: python
  dependencies:
    - one==1
    - two
`;

function line(text: string, pointer: string): number {
  const located = new LocatedText(text);
  return located.line(located.find(pointer).from);
}

describe("a pointer leads to its line", () => {
  test.each([
    ["", 1],
    ["/name", 1],
    ["/inputSchema/properties", 4],
    ["/inputSchema/properties/a~1b/type", 5],
    ["/automated/dependencies/1", 10],
  ])("%s in YAML", (pointer, expected) => {
    expect(line(YAML, pointer)).toBe(expected);
  });

  test("in JSON", () => {
    const json = JSON.stringify({ name: "x", automated: { runtime: "python", source: "a\nb" } }, null, 2);
    expect(line(json, "/automated/runtime")).toBe(4);
  });

  test("to the nearest thing around what is not there", () => {
    expect(line(YAML, "/automated/source")).toBe(6);
    expect(line(YAML, "/automated/dependencies/7")).toBe(8);
    expect(line(YAML, "/nothing")).toBe(1);
  });

  test("and marks the key, not all that stands below it", () => {
    const located = new LocatedText(YAML);
    const { from, to } = located.find("/automated");
    expect(YAML.slice(from, to)).toBe("automated");
  });
});

test("spelling mistakes have a place", () => {
  const [fault] = new LocatedText("name: x\n  bad: [1,\n").faults;
  expect(fault).toBeDefined();
  expect(fault!.span.from).toBeGreaterThan(0);
});

test("a key that stands twice is a mistake", () => {
  expect(new LocatedText("a: 1\na: 2\n").faults).toHaveLength(1);
});

test("nothing is found in nothing", () => {
  expect(new LocatedText("").find("/a/b")).toEqual({ from: 0, to: 0 });
});

test("parts of a pointer are unescaped once", () => {
  expect(partsOf("/a~1b/~01")).toEqual(["a/b", "~1"]);
});
