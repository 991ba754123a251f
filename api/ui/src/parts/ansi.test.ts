import { expect, test } from "vitest";
import { pieces, shown } from "./ansi";

const texts = (line: string): string => pieces(line).map((piece) => piece.text).join("");

test("colours become classes", () => {
  expect(pieces("\u001b[1;31mred\u001b[0m plain")).toEqual([
    { text: "red", classes: "fg-red bold" },
    { text: " plain", classes: "" },
  ]);
});

test("extended colours are left out with their numbers", () => {
  expect(pieces("\u001b[38;5;196mx\u001b[48;2;1;31;3my")).toEqual([
    { text: "x", classes: "" },
    { text: "y", classes: "" },
  ]);
});

test("no other escape is seen or does anything", () => {
  expect(texts("a\u001b[2Jb\u001b]8;;javascript:alert(1)\u0007c\u001b]8;;\u0007\u001b(Bd\u009b31me\u001bc")).toBe(
    "abcde",
  );
});

test("an escape that does not end hides nothing but itself", () => {
  expect(texts("a\u001b[31")).toBe("a⟨U+001B⟩[31");
});

test("markup stays text", () => {
  expect(pieces("<img src=x onerror=alert(1)>")).toEqual([
    { text: "<img src=x onerror=alert(1)>", classes: "" },
  ]);
});

test("controls of direction are shown, not obeyed", () => {
  expect(shown("a\u202eb\u0000c\td")).toBe("a⟨U+202E⟩b⟨U+0000⟩c\td");
});

test("a long line of escapes takes no long time", () => {
  const line = "\u001b[31mx".repeat(20_000) + "\u001b]".repeat(2_000);
  const before = performance.now();
  pieces(line);
  expect(performance.now() - before).toBeLessThan(2_000);
});
