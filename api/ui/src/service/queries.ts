import {
  infiniteQueryOptions,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { AwayError, call, get, ProblemError } from "./call";
import { noteAnswer, noteAway } from "./presence";
import type { Artifact, Caller, Execution, ExecutionBrief, Page, Task, TaskBrief } from "./types";
import { hasEnded } from "./types";

export const LIVE = 2_500;
const LIVE_WHEN_LONG = 10_000;
export const PAGE = 50;

function note(error: Error): void {
  if (error instanceof AwayError) noteAway();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: note, onSuccess: noteAnswer }),
  mutationCache: new MutationCache({ onError: note, onSuccess: noteAnswer }),
  defaultOptions: {
    // The browser's own idea of being online says nothing about a service on this machine.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      retry: (count, error) => !(error instanceof ProblemError) && count < 2,
      retryDelay: 800,
      staleTime: 1_000,
    },
  },
});

export const callerQuery = (key: string) =>
  queryOptions({
    queryKey: ["caller", key],
    queryFn: ({ signal }) => get<Caller>("/keys/current", signal),
    staleTime: 60_000,
  });

/** Parameters that are not set are left out. */
export function withParameters(
  path: string,
  parameters: Record<string, string | readonly string[] | number | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === "") continue;
    if (typeof value === "object") value.forEach((each) => query.append(name, each));
    else query.append(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

export const tasksQuery = (q: string, state?: string) =>
  infiniteQueryOptions({
    queryKey: ["tasks", q, state ?? ""],
    queryFn: ({ pageParam, signal }) =>
      get<Page<TaskBrief>>(
        withParameters("/tasks", { q, state, limit: PAGE, cursor: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** A task with the tag that a change of it must show. */
export interface TaggedTask {
  task: Task;
  etag: string;
}

export const taskQuery = (task: string, version?: number) =>
  queryOptions({
    queryKey: ["task", task, version ?? "newest"],
    queryFn: async ({ signal }): Promise<TaggedTask> => {
      const answer = await call<Task>(withParameters(`/tasks/${task}`, { version }), { signal });
      return { task: answer.data, etag: answer.headers.get("ETag") ?? "" };
    },
  });

export const versionsQuery = (task: string) =>
  queryOptions({
    queryKey: ["versions", task],
    queryFn: ({ signal }) => get<Page<TaskBrief>>(`/tasks/${task}/versions`, signal),
  });

export interface ExecutionFilters {
  task?: string;
  status?: string;
  label?: readonly string[];
  since?: string;
  until?: string;
  q?: string;
}

export const executionsQuery = (filters: ExecutionFilters, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ["executions", filters, limit],
    queryFn: ({ pageParam, signal }) =>
      get<Page<ExecutionBrief>>(
        withParameters("/executions", { ...filters, limit, cursor: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 1) > 2 ? LIVE_WHEN_LONG : LIVE,
  });

export const executionQuery = (id: string) =>
  queryOptions({
    queryKey: ["execution", id],
    queryFn: ({ signal }) => get<Execution>(`/executions/${id}`, signal),
    refetchInterval: (query) => {
      const status = query.state.data?.status;
      return status !== undefined && hasEnded(status) ? false : LIVE;
    },
  });

export const artifactsQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifacts", id],
    queryFn: ({ signal }) => get<Page<Artifact>>(`/executions/${id}/artifacts`, signal),
  });
