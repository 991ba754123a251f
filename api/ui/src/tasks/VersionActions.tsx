import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messages } from "../messages";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { ProblemNote } from "../parts/ProblemNote";
import { call } from "../service/call";
import type { TaggedTask } from "../service/queries";
import type { Task, TaskBrief } from "../service/types";
import { useMay } from "../shell/caller";

/** Goes back to an older version, or puts it away. */
export function VersionActions({ version, newest }: { version: TaskBrief; newest: TaggedTask }) {
  const client = useQueryClient();
  const mayWrite = useMay("WRITE_TASKS");
  const [asking, setAsking] = useState<"rollback" | "archive" | null>(null);
  const { version: number, archived } = version;
  const { task, etag } = newest;
  const next = task.version + 1;

  async function changed(): Promise<void> {
    setAsking(null);
    void client.invalidateQueries({ queryKey: ["tasks"] });
    await client.invalidateQueries({ queryKey: ["versions", task.name] });
    await client.invalidateQueries({ queryKey: ["task", task.name] });
  }
  const put = (where: "archive" | "unarchive") =>
    call(`/tasks/${task.name}/versions/${number}/${where}`, { method: "POST" });
  const takeOut = useMutation({ mutationFn: () => put("unarchive"), onSuccess: changed });

  if (!mayWrite || task.archived !== undefined) return null;
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={messages.rollbackLabel(number)}
        onClick={() => setAsking("rollback")}
      >
        {messages.rollback}
      </button>
      {archived === undefined ? (
        <button
          type="button"
          className="link"
          aria-label={messages.archiveVersionLabel(number)}
          onClick={() => setAsking("archive")}
        >
          {messages.archive}
        </button>
      ) : (
        <button
          type="button"
          className="link"
          aria-label={messages.unarchiveVersionLabel(number)}
          disabled={takeOut.isPending}
          onClick={() => takeOut.mutate()}
        >
          {messages.unarchive}
        </button>
      )}
      {takeOut.error !== null && <ProblemNote error={takeOut.error} />}
      {asking === "rollback" && (
        <ConfirmDialog
          title={messages.rollbackTitle(number)}
          text={messages.rollbackText(number, next)}
          yes={messages.rollbackYes(next)}
          note={{ label: messages.note, hint: messages.noteHint }}
          send={(note) =>
            call<Task>(`/tasks/${task.name}/rollback`, {
              method: "POST",
              headers: { "If-Match": etag },
              json: { version: number, ...(note !== "" && { note }) },
            })
          }
          onDone={() => void changed()}
          onClose={() => void changed()}
        />
      )}
      {asking === "archive" && (
        <ConfirmDialog
          title={messages.archiveVersionTitle(number)}
          text={messages.archiveVersionText}
          yes={messages.archiveVersionYes}
          harmful
          send={() => put("archive")}
          onDone={() => void changed()}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
