import { messages } from "../messages";
import type { Happening } from "../service/events";

/** A time in which nothing could go on, and what for. */
export interface Wait {
  seq: number;
  from: number;
  /** Null while it lasts. */
  to: number | null;
  cause: string;
}

const STILL: ReadonlySet<unknown> = new Set(["RECEIVED", "WAITING", "PAUSED"]);
/** Shorter ones are only the way of things. */
const SHORTEST = 1_000;

/** The waits of a story, in order; the status tells when, the event beside it what for. */
export function waitsOf(happenings: readonly Happening[]): Wait[] {
  const waits: Wait[] = [];
  let open: Wait | null = null;
  let paused = "";
  for (const { seq, type, data } of happenings) {
    const at = Date.parse(data.at);
    if (type === "status" || type === "end") {
      if (open !== null) open.to = at;
      open = STILL.has(data["status"]) && type === "status" ? begin(seq, at, String(data["status"])) : null;
      if (open !== null) waits.push(open);
      if (open !== null && data["status"] === "PAUSED" && paused !== "") open.cause = paused;
    } else if (type === "waiting" && open !== null) {
      open.cause = text(data["for"]) || open.cause;
    } else if (type === "pause") {
      paused = messages.pausedFor(text(data["by"]), text(data["reason"])); // told before the status changes
    }
  }
  return waits.filter(({ from, to }) => to === null || to - from >= SHORTEST);
}

function begin(seq: number, from: number, status: string): Wait {
  return { seq, from, to: null, cause: messages.waitCauses[status]! };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
