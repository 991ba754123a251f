import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { messages } from "../messages";
import { Dialog } from "../parts/Dialog";
import { LocatedText } from "../parts/pointer";
import { ProblemNote } from "../parts/ProblemNote";
import { call, ProblemError } from "../service/call";
import { type TaggedTask, taskQuery } from "../service/queries";
import type { Task } from "../service/types";
import { useMay } from "../shell/caller";
import { DefinitionEditor, type Draft } from "./DefinitionEditor";
import { definitionOf, MEDIA_TYPES, write } from "./definition";
import type { Edit } from "./TaskRoom";

const Differences = lazy(() => import("../parts/Differences"));

/** Shows a version; the newest can be changed, which makes the next one. */
export function DefinitionTab({
  newest,
  shownVersion,
  edit,
  onEdit,
}: {
  newest: TaggedTask;
  shownVersion: TaggedTask;
  edit: Edit | null;
  onEdit: (edit: Edit | null) => void;
}) {
  const client = useQueryClient();
  const mayWrite = useMay("WRITE_TASKS");
  const old = shownVersion.task.version !== newest.task.version;
  const readOnly = old || !mayWrite;
  const [language, setLanguage] = useState<Draft["language"]>("yaml");
  const saved = useMemo<Draft>(
    () => ({ language, text: write(definitionOf(shownVersion.task), language) }),
    [shownVersion, language],
  );
  const [conflict, setConflict] = useState<TaggedTask | null>(null);
  const [notice, setNotice] = useState("");

  const save = useMutation({
    mutationFn: async ({ draft, etag }: { draft: Draft; etag: string }) =>
      (
        await call<Task>(`/tasks/${newest.task.id}`, {
          method: "PUT",
          headers: { "If-Match": etag },
          text: { type: MEDIA_TYPES[draft.language], body: draft.text },
        })
      ).data,
    onSuccess: async (task) => {
      onEdit(null);
      setConflict(null);
      setNotice(messages.saved(task.version));
      await client.invalidateQueries({ queryKey: ["task", task.name] });
      void client.invalidateQueries({ queryKey: ["versions", task.name] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
    onError: async (error) => {
      if (error instanceof ProblemError && error.problem.status === 412) {
        setConflict(await client.fetchQuery({ ...taskQuery(newest.task.name), staleTime: 0 }));
      }
    },
  });

  function change(draft: Draft): void {
    setNotice("");
    save.reset();
    if (edit === null && draft.language !== saved.language) setLanguage(draft.language);
    else if (edit === null && draft.text === saved.text) return;
    else onEdit({ draft, base: edit?.base ?? shownVersion });
  }

  const draft = readOnly ? saved : (edit?.draft ?? saved);
  return (
    <>
      <DefinitionEditor
        draft={draft}
        onChange={change}
        readOnly={readOnly}
        actions={(verdict) =>
          !readOnly && (
            <>
              <span role="status" className="muted">
                {edit === null ? notice || messages.unchanged : messages.changedNotSaved}
              </span>
              {edit !== null && (
                <button type="button" className="quiet" onClick={() => onEdit(null)}>
                  {messages.discard}
                </button>
              )}
              <button
                type="button"
                className="primary"
                disabled={edit === null || verdict.state !== "valid" || save.isPending}
                onClick={() => save.mutate({ draft, etag: edit!.base.etag })}
              >
                {messages.saveVersion(newest.task.version + 1)}
              </button>
            </>
          )
        }
      />
      {save.error !== null && conflict === null && <ProblemNote error={save.error} />}
      {conflict !== null && edit !== null && (
        <Dialog title={messages.conflict} wide onClose={() => setConflict(null)}>
          <p>{messages.conflictText(conflict.task.version, edit.base.task.version)}</p>
          <Suspense fallback={<p role="status">{messages.loading}…</p>}>
            <Differences left={write(definitionOf(conflict.task), "yaml")} right={asYaml(edit.draft)} />
          </Suspense>
          <div className="actions">
            <button type="button" onClick={() => setConflict(null)}>
              {messages.cancelDialog}
            </button>
            <button
              type="button"
              onClick={() => {
                onEdit(null);
                setConflict(null);
              }}
            >
              {messages.conflictTakeTheirs}
            </button>
            <button
              type="button"
              className="primary"
              onClick={() => save.mutate({ draft: edit.draft, etag: conflict.etag })}
            >
              {messages.conflictKeepMine}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function asYaml(draft: Draft): string {
  return draft.language === "yaml" ? draft.text : write(new LocatedText(draft.text).value(), "yaml");
}
