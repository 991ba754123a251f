import { messages } from "../messages";
import type { Batch } from "../service/types";

/** How many have had their turn. */
export function BatchProgress({ batch }: { batch: Batch }) {
  return (
    <span className="batch-progress">
      <progress max={Math.max(1, batch.total)} value={batch.done} aria-label={messages.progress} />{" "}
      <span className="number">{messages.doneOf(batch.done, batch.total)}</span>
    </span>
  );
}
