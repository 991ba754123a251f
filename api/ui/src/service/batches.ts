import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { operations } from "./contract";
import { get } from "./call";
import { LIVE, PAGE, withParameters } from "./queries";
import type { Batch, BatchItem, Page } from "./types";

export type BatchState = Batch["state"];
export type ItemStatus = BatchItem["status"];
export type OperationName = Batch["operation"];
export type BatchPreview = operations["previewBatch"]["responses"][200]["content"]["application/json"];

export const BATCH_STATES: readonly BatchState[] = ["RECEIVED", "RUNNING", "COMPLETED", "ABORTED"];
export const ITEM_STATUSES: readonly ItemStatus[] = ["PENDING", "SUCCEEDED", "FAILED", "SKIPPED"];
export const OPERATIONS: readonly OperationName[] = [
  "cancel",
  "terminate",
  "pause",
  "resume",
  "priority",
  "retry",
  "rerun",
];

/** Whether the batch has nothing more to do. */
export function isOver(state: BatchState): boolean {
  return state === "COMPLETED" || state === "ABORTED";
}

export const batchesQuery = (state: BatchState | undefined) =>
  infiniteQueryOptions({
    queryKey: ["batches", state ?? ""],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Batch>>(withParameters("/batches", { state, limit: PAGE, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: LIVE,
  });

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ["batch", id],
    queryFn: ({ signal }) => get<Batch>(`/batches/${id}`, signal),
    // What a batch made goes on after it is over, and is counted here too.
    refetchInterval: LIVE,
  });

export const batchItemsQuery = (id: string, status: ItemStatus | undefined, over: boolean) =>
  infiniteQueryOptions({
    queryKey: ["batch-items", id, status ?? "", over],
    queryFn: ({ pageParam, signal }) =>
      get<Page<BatchItem>>(withParameters(`/batches/${id}/items`, { status, limit: PAGE, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: over ? false : LIVE,
  });
