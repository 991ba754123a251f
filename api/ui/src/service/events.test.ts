import { expect, test } from "vitest";
import { EventReader } from "./events";

const STREAM =
  'id: 1\nevent: status\ndata: {"status":"RECEIVED","at":"t"}\n\n: keep-alive\n\n' +
  'id: 2\nevent: log\ndata: {"message":"a\\n\\nb","at":"t"}\n\n';

test("events are whole however the pieces are cut", () => {
  for (let size = 1; size < STREAM.length; size++) {
    const reader = new EventReader();
    const events = [];
    for (let at = 0; at < STREAM.length; at += size) events.push(...reader.read(STREAM.slice(at, at + size)));
    expect(events.map((event) => [event.seq, event.type])).toEqual([
      [1, "status"],
      [2, "log"],
    ]);
  }
});
