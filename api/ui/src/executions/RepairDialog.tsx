import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messages } from "../messages";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { Dialog } from "../parts/Dialog";
import { call } from "../service/call";
import type { operations } from "../service/contract";
import type { Execution } from "../service/types";

type Repaired = operations["repairExecution"]["responses"][200]["content"]["application/json"]["repaired"];

/** Brings the row of an execution back in line with what is on record, and says what was wrong. */
export function RepairDialog({ execution, onClose }: { execution: Execution; onClose: () => void }) {
  const client = useQueryClient();
  const [repaired, setRepaired] = useState<Repaired | null>(null);
  if (repaired !== null) {
    return (
      <Dialog title={messages.repair} onClose={onClose}>
        <p role="status">{repaired.length === 0 ? messages.repairedNone : messages.repaired(repaired.join(", "))}</p>
        <div className="actions">
          <button type="button" onClick={onClose}>
            {messages.close}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={messages.repairTitle}
      text={messages.repairText}
      yes={messages.repairYes}
      send={async () => (await call<{ repaired: Repaired }>(`/executions/${execution.id}/repair`, { method: "POST" })).data}
      onDone={(answer) => {
        setRepaired(answer.repaired);
        void client.invalidateQueries({ queryKey: ["execution", execution.id] });
      }}
      onClose={onClose}
    />
  );
}
