import { expect, test } from "vitest";
import type { Happening } from "../service/events";
import { waitsOf } from "./waits";

let seq = 0;
function happens(second: number, type: string, data: Record<string, unknown>): Happening {
  const at = `2026-03-04T05:06:${String(second).padStart(2, "0")}.000Z`;
  return { seq: ++seq, type, data: { at, ...data } } as Happening;
}

test("each wait has its cause and its length", () => {
  const waits = waitsOf([
    happens(0, "status", { status: "RECEIVED" }),
    happens(4, "status", { status: "PREPARING" }),
    happens(5, "status", { status: "RUNNING" }),
    happens(6, "status", { status: "WAITING" }),
    happens(6, "waiting", { for: "attempt 2, PT6S after the one before" }),
    happens(12, "status", { status: "RUNNING" }),
    happens(13, "pause", { by: "key ada", reason: "lunch" }),
    happens(13, "status", { status: "PAUSED" }),
  ]);
  expect(waits.map(({ cause, from, to }) => [cause, to === null ? null : to - from])).toEqual([
    ["its turn: limits and a free slot", 4_000],
    ["attempt 2, PT6S after the one before", 6_000],
    ["a resume; paused by key ada: lunch", null],
  ]);
});

test("a moment on the way is no wait", () => {
  expect(waitsOf([happens(0, "status", { status: "RECEIVED" }), happens(0, "status", { status: "PREPARING" })])).toEqual(
    [],
  );
});

test("the end ends a wait", () => {
  const [wait] = waitsOf([happens(0, "status", { status: "RECEIVED" }), happens(9, "end", { status: "CANCELLED" })]);
  expect(wait!.to! - wait!.from).toBe(9_000);
});
