import { AwayError, fetchAnswer, ProblemError } from "./call";

/** One thing that happened to an execution. */
export interface Happening {
  /** Its number in the execution, from 1 without a gap. */
  seq: number;
  type: string;
  data: Record<string, unknown> & { at: string };
}

/** Server-sent events in pieces of text; `EventSource` cannot send a key. */
export class EventReader {
  private rest = "";

  /** The events that the piece completes. */
  read(piece: string): Happening[] {
    const blocks = (this.rest + piece).replaceAll("\r\n", "\n").split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.flatMap(happening);
  }
}

function happening(block: string): Happening[] {
  let seq = 0;
  let type = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("id:")) seq = Number(line.slice(3).trim());
    else if (line.startsWith("event:")) type = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  if (data.length === 0) return [];
  return [{ seq, type, data: JSON.parse(data.join("\n")) as Happening["data"] }];
}

export type StreamState = "connecting" | "live" | "ended" | "broken";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/**
 * Follows an execution to its end, across lost connections: each time it goes on behind the last
 * event that was seen.
 */
export async function follow(
  id: string,
  signal: AbortSignal,
  onEvents: (events: Happening[]) => void,
  onState: (state: StreamState) => void,
): Promise<void> {
  let last = 0;
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    try {
      const response = await fetchAnswer(`/executions/${id}/events`, {
        signal,
        headers: { Accept: "text/event-stream", ...(last > 0 && { "Last-Event-ID": `${last}` }) },
      });
      if (response.status === 204 || response.body === null) return onState("ended");
      onState("live");
      const reader = new EventReader();
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await pieces.read();
        if (done) break;
        const events = reader.read(value).filter((event) => event.seq > last);
        if (events.length === 0) continue;
        pause = FIRST_PAUSE;
        last = events[events.length - 1]!.seq;
        onEvents(events);
        if (events.some((event) => event.type === "end")) return onState("ended");
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ProblemError) return onState("broken");
      if (!(error instanceof AwayError) && !(error instanceof TypeError)) throw error;
    }
    onState("connecting");
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}
