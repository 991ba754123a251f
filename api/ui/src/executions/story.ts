import { useEffect, useState, useSyncExternalStore } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { follow, type Happening, type StreamState } from "../service/events";

/** A row of the log. */
export interface LogLine {
  seq: number;
  at: string;
  level: string;
  source: string;
  text: string;
}

/** What happened to an execution so far, as it comes in. */
export class Story {
  /** Everything but the log and progress. */
  readonly happenings: Happening[] = [];
  readonly lines: LogLine[] = [];
  state: StreamState = "connecting";
  /** Changes when anything was added. */
  edition = 0;
  private frame = 0;
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(events: readonly Happening[]): void {
    for (const event of events) {
      if (event.type === "log") this.log(event);
      else if (event.type !== "progress") this.happenings.push(event);
    }
    this.changed();
  }

  become(state: StreamState): void {
    this.state = state;
    this.changed();
  }

  private log({ seq, data }: Happening): void {
    const { at, level, source, message } = data as Record<string, string>;
    for (const text of (message ?? "").split(/\r?\n/)) {
      this.lines.push({ seq, at: at!, level: level ?? "", source: source ?? "", text });
    }
  }

  /** However many events come, what they change is drawn once a frame. */
  private changed(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.edition++;
      this.listeners.forEach((listener) => listener());
    });
  }
}

const TOLD_AT_MOST = 400;

/** The story of the execution, followed while the component is there. */
export function useStory(id: string): Story {
  const client = useQueryClient();
  const [story, setStory] = useState(() => new Story());
  useEffect(() => {
    const next = new Story();
    setStory(next);
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ["execution", id] });
        void client.invalidateQueries({ queryKey: ["artifacts", id] });
      }, TOLD_AT_MOST);
    };
    void follow(
      id,
      stop.signal,
      (events) => {
        next.add(events);
        if (events.some((event) => event.type !== "log")) tell();
      },
      (state) => next.become(state),
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [id, client]);
  useSyncExternalStore(story.subscribe, () => story.edition);
  return story;
}
