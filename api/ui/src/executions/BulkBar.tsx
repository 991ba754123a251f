import { useState } from "react";
import { messages } from "../messages";
import type { OperationName } from "../service/batches";
import type { ExecutionBrief } from "../service/types";
import { useMay } from "../shell/caller";
import { BatchDialog } from "./BatchDialog";
import { CONTROLS } from "./controls";

const OFFERED = ["cancel", "retry"] as const satisfies readonly OperationName[];

/** What can be done with all that are selected. */
export function BulkBar({ chosen, onClear }: { chosen: readonly ExecutionBrief[]; onClear: () => void }) {
  const mayControl = useMay("CONTROL_EXECUTIONS");
  // Kept as they were when the dialog opened: what the list shows goes on changing.
  const [asked, setAsked] = useState<{ operation: OperationName; executions: readonly string[] } | null>(null);
  const ask = (operation: OperationName): void =>
    setAsked({ operation, executions: chosen.map((execution) => execution.id) });
  return (
    <div className="bulk" role="region" aria-label={messages.selected(chosen.length)}>
      <strong>{messages.selected(chosen.length)}</strong>
      {mayControl &&
        OFFERED.map((name) => (
          <button
            key={name}
            type="button"
            disabled={!chosen.some((item) => CONTROLS[name].fits(item.status))}
            onClick={() => ask(name)}
          >
            {messages[name]}
          </button>
        ))}
      {mayControl && (
        <button type="button" onClick={() => ask("rerun")}>
          {messages.moreOperations}
        </button>
      )}
      <button type="button" className="quiet" onClick={onClear}>
        {messages.clearSelection}
      </button>
      {asked !== null && (
        <BatchDialog
          selection={{ executions: asked.executions }}
          operation={asked.operation}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
