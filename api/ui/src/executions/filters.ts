import type { ExecutionFilters } from "../service/queries";
import type { Status } from "../service/types";

export const STATUSES: readonly Status[] = [
  "RECEIVED",
  "PREPARING",
  "RUNNING",
  "WAITING",
  "PAUSED",
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "REJECTED",
];

/** What stands in the address of the list of executions. */
export interface ExecutionSearch {
  task?: string;
  status?: Status;
  /** Each `name=value`. */
  label?: string[];
  /** Of when they are: `1h`, `24h`, `7d`, or nothing for all. */
  within?: Span;
  since?: string;
  until?: string;
  q?: string;
}

export type Span = "1h" | "24h" | "7d";

export const SPANS: Readonly<Record<Span, number>> = { "1h": 3_600_000, "24h": 86_400_000, "7d": 604_800_000 };

function texts(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((each) => typeof each === "string" || typeof each === "number").map(String);
}

function text(value: unknown): string | undefined {
  const found = texts(value)[0]?.trim();
  return found === "" ? undefined : found;
}

function time(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && !Number.isNaN(Date.parse(found)) ? found : undefined;
}

/** The filters that an address names. What it should not say is left out; nothing in it can break the page. */
export function readSearch(raw: Record<string, unknown>): ExecutionSearch {
  const status = texts(raw["status"]).find((each): each is Status =>
    (STATUSES as readonly string[]).includes(each),
  );
  const label = texts(raw["label"]).filter((each) => /^[^=]+=./.test(each));
  const within = text(raw["within"]);
  const search: ExecutionSearch = {
    task: text(raw["task"]),
    status,
    label: label.length > 0 ? [...new Set(label)] : undefined,
    within: within !== undefined && Object.hasOwn(SPANS, within) ? (within as Span) : undefined,
    since: time(raw["since"]),
    until: time(raw["until"]),
    q: text(raw["q"]),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** The same as parameters of the API. A span counts from now, to the minute, so that it can be asked again. */
export function toFilters(search: ExecutionSearch, now: number): ExecutionFilters {
  const { within, ...rest } = search;
  if (within === undefined) return rest;
  const since = Math.floor((now - SPANS[within]) / 60_000) * 60_000;
  return { ...rest, since: new Date(since).toISOString() };
}

/** `a=1&label=x%3D1&label=y%3D2`: what people can read and write by hand. */
export function writeQuery(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null) continue;
    texts(Array.isArray(value) ? value : [value]).forEach((each) => query.append(name, each));
  }
  const written = query.toString();
  return written === "" ? "" : `?${written}`;
}

/** The other way around. A name that comes more than once is a list. */
export function readQuery(query: string): Record<string, unknown> {
  const parameters = new URLSearchParams(query);
  const read: Record<string, unknown> = {};
  for (const name of new Set(parameters.keys())) {
    const all = parameters.getAll(name);
    read[name] = all.length > 1 ? all : all[0];
  }
  return read;
}
