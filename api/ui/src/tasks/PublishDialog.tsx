import { useState } from "react";
import { messages } from "../messages";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { call, ProblemError } from "../service/call";
import { withParameters } from "../service/queries";
import type { Task } from "../service/types";

/** What a refusal with these statuses means here: what was looked at is not there any more. */
const STALE = new Set([404, 412]);

/** Makes the saved draft the next version. */
export function PublishDialog({
  name,
  etag,
  version,
  onDone,
  onClose,
  onRefresh,
}: {
  name: string;
  etag: string;
  version: number;
  onDone: (task: Task) => void;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const [strict, setStrict] = useState(false);
  return (
    <ConfirmDialog
      title={messages.publishTitle(version)}
      text={messages.publishText}
      yes={messages.publishYes(version)}
      note={{ label: messages.note, hint: messages.noteHint }}
      explain={(error) =>
        error instanceof ProblemError &&
        (STALE.has(error.problem.status) || error.problem.code === "DRAFT_OUTDATED") && (
          <p>
            {STALE.has(error.problem.status) && messages.draftStale}{" "}
            <button type="button" onClick={onRefresh}>
              {messages.draftStaleDo}
            </button>
          </p>
        )
      }
      send={async (note) =>
        (
          await call<Task>(withParameters(`/tasks/${name}/draft/publish`, { strict: strict ? "true" : undefined }), {
            method: "POST",
            headers: { "If-Match": etag },
            json: note === "" ? {} : { note },
          })
        ).data
      }
      onDone={onDone}
      onClose={onClose}
    >
      <label className="check">
        <input type="checkbox" checked={strict} onChange={(event) => setStrict(event.target.checked)} />
        {messages.strict}
      </label>
    </ConfirmDialog>
  );
}
