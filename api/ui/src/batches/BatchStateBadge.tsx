import { messages } from "../messages";
import type { BatchState } from "../service/batches";

/** The tones of the statuses of executions, which mean the same. */
const TONES: Readonly<Record<BatchState, string>> = {
  RECEIVED: "s-received",
  RUNNING: "s-running",
  COMPLETED: "s-completed",
  ABORTED: "s-cancelled",
};

export function BatchStateBadge({ state }: { state: BatchState }) {
  return <span className={`status ${TONES[state]}`}>{messages.batchStates[state]}</span>;
}
