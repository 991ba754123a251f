import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { messages } from "../messages";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { Empty } from "../parts/Empty";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { call, ProblemError } from "../service/call";
import { withParameters } from "../service/queries";
import type { Draft } from "../service/types";
import { draftQuery, type TaggedDraft } from "../service/versions";
import { useMay } from "../shell/caller";
import { ConflictDialog } from "./ConflictDialog";
import { DefinitionEditor } from "./DefinitionEditor";
import { asWritten, inLanguage, MEDIA_TYPES, type Written } from "./definition";
import { OutdatedNote } from "./OutdatedNote";
import { PublishCheckPanel } from "./PublishCheckPanel";
import { PublishDialog } from "./PublishDialog";
import { TestRun } from "./TestRun";

/** A draft that somebody is changing, and the one that it began from. */
export interface DraftEdit {
  written: Written;
  base: TaggedDraft;
}

/** The version that is being written: change it, hold it against what was, publish or delete it. */
export function DraftTab({
  name,
  tagged,
  newest,
  edit,
  onEdit,
  onGone,
}: {
  name: string;
  tagged: TaggedDraft;
  /** The newest published version; 0 where there is none. */
  newest: number;
  edit: DraftEdit | null;
  onEdit: (edit: DraftEdit | null) => void;
  /** After it was published as that version, or deleted. */
  onGone: (version: number | null) => void;
}) {
  const client = useQueryClient();
  const mayWrite = useMay("WRITE_TASKS");
  const { draft } = tagged;
  const [asking, setAsking] = useState<"publish" | "delete" | null>(null);
  const [theirs, setTheirs] = useState<TaggedDraft | null>(null);
  const [notice, setNotice] = useState("");
  const saved = useMemo(
    () => asWritten(tagged.text, draft.source.mediaType, draft.definition),
    [tagged, draft],
  );
  const [language, setLanguage] = useState(saved.language);
  const written = edit?.written ?? inLanguage(saved, language);

  const save = useMutation({
    mutationFn: async ({ text, etag, basedOn }: { text: Written; etag: string; basedOn?: number }) =>
      (
        await call<Draft>(withParameters(`/tasks/${name}/draft`, { basedOn }), {
          method: "PUT",
          headers: { "If-Match": etag },
          text: { type: MEDIA_TYPES[text.language], body: text.text },
        })
      ).data,
    onSuccess: async () => {
      setTheirs(null);
      await client.invalidateQueries({ queryKey: ["draft", name] });
      onEdit(null);
      setNotice(messages.draftSaved);
      void client.invalidateQueries({ queryKey: ["diff", name] });
    },
    onError: async (error) => {
      if (error instanceof ProblemError && error.problem.status === 412) {
        setTheirs(await client.fetchQuery({ ...draftQuery(name), staleTime: 0 }));
      }
    },
  });

  function change(next: Written): void {
    setNotice("");
    save.reset();
    if (edit === null && next.language !== written.language) setLanguage(next.language);
    else if (edit === null && next.text === written.text) return;
    else onEdit({ written: next, base: edit?.base ?? tagged });
  }

  async function refresh(): Promise<void> {
    setAsking(null);
    await client.invalidateQueries({ queryKey: ["draft", name] });
    await client.invalidateQueries({ queryKey: ["task", name] });
  }

  const base = edit?.base ?? tagged;
  return (
    <>
      <p className="muted">
        {messages.draftOf(draft.basedOn)} · {messages.draftBy(draft.updatedBy)} <Moment at={draft.updatedAt} />
      </p>
      {draft.basedOn < newest && (
        <OutdatedNote
          base={draft.basedOn}
          newest={newest}
          pending={save.isPending}
          onAccept={
            mayWrite ? () => save.mutate({ text: written, etag: base.etag, basedOn: newest }) : undefined
          }
        />
      )}
      <DefinitionEditor
        written={written}
        onChange={change}
        readOnly={!mayWrite}
        actions={(verdict) =>
          mayWrite && (
            <>
              <span role="status" className="muted">
                {edit === null ? notice || messages.unchanged : messages.changedNotSaved}
              </span>
              {edit === null ? (
                <button type="button" className="quiet" onClick={() => setAsking("delete")}>
                  {messages.deleteDraft}
                </button>
              ) : (
                <button type="button" className="quiet" onClick={() => onEdit(null)}>
                  {messages.discard}
                </button>
              )}
              <TestRun written={written} ready={verdict.state === "valid"} />
              <button
                type="button"
                disabled={edit === null || verdict.state === "unread" || save.isPending}
                onClick={() => save.mutate({ text: written, etag: base.etag })}
              >
                {messages.saveDraftAgain}
              </button>
              <button
                type="button"
                className="primary"
                disabled={edit !== null || verdict.state !== "valid" || draft.basedOn < newest}
                title={edit !== null ? messages.publishUnsaved : verdict.state === "wrong" ? messages.publishWrong : undefined}
                onClick={() => setAsking("publish")}
              >
                {messages.publish}…
              </button>
            </>
          )
        }
      />
      {save.error !== null && theirs === null && <ProblemNote error={save.error} />}
      {mayWrite && newest > 0 && <PublishCheckPanel name={name} written={edit?.written ?? null} />}
      {asking === "publish" && (
        <PublishDialog
          name={name}
          etag={tagged.etag}
          version={newest + 1}
          onDone={(task) => onGone(task.version)}
          onClose={() => setAsking(null)}
          onRefresh={() => void refresh()}
        />
      )}
      {asking === "delete" && (
        <ConfirmDialog
          title={messages.deleteDraftTitle}
          text={newest === 0 ? messages.deleteDraftOnlyText : messages.deleteDraftText}
          yes={messages.deleteDraftYes}
          harmful
          send={() => call(`/tasks/${name}/draft`, { method: "DELETE", headers: { "If-Match": tagged.etag } })}
          onDone={() => onGone(null)}
          onClose={() => void refresh()}
        />
      )}
      {theirs !== null && edit !== null && (
        <ConflictDialog
          title={messages.draftConflict}
          text={messages.draftConflictText(theirs.draft.updatedBy)}
          left={theirs.text}
          right={edit.written.text}
          takeTheirs={messages.draftTheirs}
          onTheirs={() => {
            onEdit(null);
            setTheirs(null);
            save.reset();
          }}
          keepMine={messages.draftMine}
          onMine={() => save.mutate({ text: edit.written, etag: theirs.etag })}
          onClose={() => setTheirs(null)}
        />
      )}
    </>
  );
}

/** In the place of a draft that is not there any more. */
export function NoDraft() {
  return (
    <Empty title={messages.draftGone}>
      <p>{messages.draftGoneText}</p>
      <p>
        <Link to="." search={{}}>
          {messages.showDefinition}
        </Link>
      </p>
    </Empty>
  );
}
