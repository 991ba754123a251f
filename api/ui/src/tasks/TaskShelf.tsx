import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messages } from "../messages";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { ProblemNote } from "../parts/ProblemNote";
import { call } from "../service/call";
import type { Task } from "../service/types";
import { useMay } from "../shell/caller";

/** Puts a task away, or takes it out again. */
export function TaskShelf({ task }: { task: Task }) {
  const client = useQueryClient();
  const mayWrite = useMay("WRITE_TASKS");
  const [asking, setAsking] = useState(false);
  const put = async (where: "archive" | "unarchive"): Promise<void> => {
    await call(`/tasks/${task.name}/${where}`, { method: "POST" });
    void client.invalidateQueries({ queryKey: ["tasks"] });
    await client.invalidateQueries({ queryKey: ["task", task.name] });
  };
  const takeOut = useMutation({ mutationFn: () => put("unarchive") });
  if (!mayWrite) return null;
  return (
    <div className="controls">
      {task.archived === undefined ? (
        <button type="button" className="quiet" onClick={() => setAsking(true)}>
          {messages.archive}…
        </button>
      ) : (
        <button type="button" disabled={takeOut.isPending} onClick={() => takeOut.mutate()}>
          {messages.unarchive}
        </button>
      )}
      {takeOut.error !== null && <ProblemNote error={takeOut.error} />}
      {asking && (
        <ConfirmDialog
          title={messages.archiveTitle(task.name)}
          text={messages.archiveText}
          yes={messages.archiveYes}
          harmful
          send={() => put("archive")}
          onDone={() => setAsking(false)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
