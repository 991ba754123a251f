import { queryOptions } from "@tanstack/react-query";
import { call, fetchAnswer, get, ProblemError } from "./call";
import { withParameters } from "./queries";
import type { Diff, Draft, Page, TaskBrief } from "./types";

/** A draft, what its author wrote, and the tag that a change of it must show. */
export interface TaggedDraft {
  draft: Draft;
  text: string;
  etag: string;
}

/** A version or the draft, as an address and the service name it. */
export type Edition = number | "draft";

const NOT_FOUND = 404;

/** The draft of a task; null where there is none. */
export const draftQuery = (task: string) =>
  queryOptions({
    queryKey: ["draft", task],
    queryFn: ({ signal }) => readDraft(task, signal),
  });

async function readDraft(task: string, signal: AbortSignal): Promise<TaggedDraft | null> {
  try {
    const { data, headers } = await call<Draft>(`/tasks/${task}/draft`, { signal });
    const source = await fetchAnswer(`/tasks/${task}/draft`, { signal, headers: { Accept: "application/yaml" } });
    // Saved between the two: the tag is of the older one, so a save over what was not seen is refused.
    return { draft: data, text: await source.text(), etag: headers.get("ETag") ?? "" };
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === NOT_FOUND) return null;
    throw error;
  }
}

/** The names of all tasks that have a draft, as far as one page of the service goes. */
export const draftedQuery = queryOptions({
  queryKey: ["tasks", "drafted"],
  queryFn: async ({ signal }) => {
    const page = await get<Page<TaskBrief>>(withParameters("/tasks", { state: "draft", limit: 200 }), signal);
    return new Set(page.items.map((task) => task.name));
  },
});

/** What the author of a version wrote, byte for byte. */
export const sourceQuery = (task: string, version: number) =>
  queryOptions({
    queryKey: ["source", task, version],
    queryFn: async ({ signal }) => {
      const answer = await fetchAnswer(withParameters(`/tasks/${task}/source`, { version }), { signal });
      return { text: await answer.text(), mediaType: answer.headers.get("Content-Type") ?? "" };
    },
    staleTime: Infinity,
  });

export const diffQuery = (task: string, from: Edition, to: Edition) =>
  queryOptions({
    queryKey: ["diff", task, from, to],
    queryFn: ({ signal }) => get<Diff>(withParameters(`/tasks/${task}/diff`, { from: String(from), to: String(to) }), signal),
  });
