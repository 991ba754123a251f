import type { components } from "./contract";

type Schemas = components["schemas"];

export type Problem = Schemas["Problem"];
export type Violation = Schemas["Violation"];
export type Status = Schemas["Status"];
export type Task = Schemas["Task"];
export type TaskBrief = Schemas["TaskBrief"];
export type Execution = Schemas["Execution"];
export type ExecutionBrief = Schemas["ExecutionBrief"];
export type Attempt = Schemas["Attempt"];
export type Failure = Schemas["Failure"];
export type Draft = Schemas["Draft"];
export type Diff = Schemas["Diff"];
export type PublishCheck = Schemas["PublishCheck"];
export type CheckReport = Schemas["CheckReport"];
export type Batch = Schemas["Batch"];
export type BatchItem = Schemas["BatchItem"];
export type DryRun = Schemas["DryRun"];
export type WouldHave = Schemas["WouldHave"];

/** A page of a list; the cursor leads to the next one. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

/** Whose key it is that the page shows. */
export type Caller = Schemas["Caller"];

export const ENDED: readonly Status[] = ["COMPLETED", "FAILED", "CANCELLED", "REJECTED"];

export function hasEnded(status: Status): boolean {
  return ENDED.includes(status);
}

/** A file that an execution left. */
export type Artifact = Schemas["Artifact"];
