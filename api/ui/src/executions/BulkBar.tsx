import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messages } from "../messages";
import type { ExecutionBrief } from "../service/types";
import { useCaller } from "../shell/caller";
import { BulkDialog } from "./BulkDialog";
import { type ControlName, CONTROLS } from "./controls";

const OFFERED = ["cancel", "retry"] as const satisfies readonly ControlName[];
export type BulkName = (typeof OFFERED)[number];

/** What can be done with all that are selected. */
export function BulkBar({ chosen, onClear }: { chosen: readonly ExecutionBrief[]; onClear: () => void }) {
  const { permissions } = useCaller();
  const client = useQueryClient();
  // Kept as they were when the dialog opened: what the list shows goes on changing.
  const [asked, setAsked] = useState<{ name: BulkName; chosen: readonly ExecutionBrief[] } | null>(null);
  return (
    <div className="bulk" role="region" aria-label={messages.selected(chosen.length)}>
      <strong>{messages.selected(chosen.length)}</strong>
      {OFFERED.filter((name) => permissions.includes(CONTROLS[name].permission)).map((name) => (
        <button
          key={name}
          type="button"
          disabled={!chosen.some((item) => CONTROLS[name].fits(item.status))}
          onClick={() => setAsked({ name, chosen })}
        >
          {messages[name]}
        </button>
      ))}
      <button type="button" className="quiet" onClick={onClear}>
        {messages.clearSelection}
      </button>
      {asked !== null && (
        <BulkDialog
          name={asked.name}
          chosen={asked.chosen}
          onClose={(done) => {
            setAsked(null);
            if (done) {
              onClear();
              void client.invalidateQueries({ queryKey: ["executions"] });
            }
          }}
        />
      )}
    </div>
  );
}
