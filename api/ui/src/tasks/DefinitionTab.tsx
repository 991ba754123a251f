import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { messages } from "../messages";
import { ProblemNote } from "../parts/ProblemNote";
import { call, ProblemError } from "../service/call";
import { type TaggedTask, taskQuery } from "../service/queries";
import type { Draft, Task } from "../service/types";
import { sourceQuery, type TaggedDraft } from "../service/versions";
import { useMay } from "../shell/caller";
import { ConflictDialog } from "./ConflictDialog";
import { DefinitionEditor } from "./DefinitionEditor";
import { asWritten, definitionOf, inLanguage, MEDIA_TYPES, write, type Written } from "./definition";
import { TestRun } from "./TestRun";
import type { Edit } from "./TaskRoom";

/** Shows a version; the newest can be changed, which makes the next one. */
export function DefinitionTab({
  newest,
  shownVersion,
  draft,
  edit,
  onEdit,
  onDrafted,
}: {
  newest: TaggedTask;
  shownVersion: TaggedTask;
  draft: TaggedDraft | null;
  edit: Edit | null;
  onEdit: (edit: Edit | null) => void;
  onDrafted: () => void;
}) {
  const client = useQueryClient();
  const mayWrite = useMay("WRITE_TASKS");
  const old = shownVersion.task.version !== newest.task.version;
  const readOnly = old || !mayWrite || newest.task.archived !== undefined;
  const [language, setLanguage] = useState<Written["language"]>("yaml");
  const source = useQuery(sourceQuery(newest.task.name, shownVersion.task.version));
  const saved = useMemo<Written>(() => {
    const definition = definitionOf(shownVersion.task);
    const theirs = source.data && asWritten(source.data.text, source.data.mediaType, definition);
    // JSON has no comments to lose, and is easier to read as YAML.
    return theirs?.language === "yaml" && language === "yaml" ? theirs : { language, text: write(definition, language) };
  }, [shownVersion, source.data, language]);
  const [conflict, setConflict] = useState<TaggedTask | null>(null);
  const [notice, setNotice] = useState("");

  const save = useMutation({
    mutationFn: async ({ written, etag }: { written: Written; etag: string }) =>
      (
        await call<Task>(`/tasks/${newest.task.id}`, {
          method: "PUT",
          headers: { "If-Match": etag },
          text: { type: MEDIA_TYPES[written.language], body: written.text },
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

  const keep = useMutation({
    mutationFn: async (written: Written) =>
      (
        await call<Draft>(`/tasks/${newest.task.id}/draft`, {
          method: "PUT",
          text: { type: MEDIA_TYPES[written.language], body: written.text },
        })
      ).data,
    onSuccess: async () => {
      onEdit(null);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      await client.invalidateQueries({ queryKey: ["draft", newest.task.name] });
      onDrafted();
    },
    onError: () => void client.invalidateQueries({ queryKey: ["draft", newest.task.name] }),
  });

  function change(written: Written): void {
    setNotice("");
    save.reset();
    keep.reset();
    if (edit === null && written.language !== saved.language) setLanguage(written.language);
    else if (edit === null && written.text === saved.text) return;
    else onEdit({ written, base: edit?.base ?? shownVersion });
  }

  const written = readOnly ? saved : (edit?.written ?? saved);
  if (source.isPending) return <p role="status">{messages.loading}…</p>;
  return (
    <>
      {draft !== null && mayWrite && (
        <p className="note">
          {messages.draftThere(draft.draft.updatedBy)}{" "}
          <Link to="." search={{ tab: "draft" as const }}>
            {messages.editDraft}
          </Link>
        </p>
      )}
      <DefinitionEditor
        written={written}
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
              <TestRun written={written} ready={verdict.state === "valid"} />
              {draft === null && (
                <button
                  type="button"
                  disabled={edit === null || verdict.state === "unread" || keep.isPending}
                  onClick={() => keep.mutate(written)}
                >
                  {messages.saveDraft}
                </button>
              )}
              <button
                type="button"
                className="primary"
                disabled={edit === null || verdict.state !== "valid" || save.isPending}
                onClick={() => save.mutate({ written, etag: edit!.base.etag })}
              >
                {messages.saveVersion(newest.task.version + 1)}
              </button>
            </>
          )
        }
      />
      {save.error !== null && conflict === null && <ProblemNote error={save.error} />}
      {keep.error !== null && <ProblemNote error={keep.error} />}
      {conflict !== null && edit !== null && (
        <ConflictDialog
          title={messages.conflict}
          text={messages.conflictText(conflict.task.version, edit.base.task.version)}
          left={write(definitionOf(conflict.task), "yaml")}
          right={inLanguage(edit.written, "yaml").text}
          takeTheirs={messages.conflictTakeTheirs}
          onTheirs={() => {
            onEdit(null);
            setConflict(null);
          }}
          keepMine={messages.conflictKeepMine}
          onMine={() => save.mutate({ written: edit.written, etag: conflict.etag })}
          onClose={() => setConflict(null)}
        />
      )}
    </>
  );
}
