import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { type TaggedTask, taskQuery } from "../service/queries";
import { draftQuery, type TaggedDraft } from "../service/versions";
import { useMay } from "../shell/caller";
import { useTitle } from "../shell/title";
import type { Written } from "./definition";
import { DefinitionTab } from "./DefinitionTab";
import { DraftRoom } from "./DraftRoom";
import { type DraftEdit, DraftTab, NoDraft } from "./DraftTab";
import { StartTab } from "./StartTab";
import { TaskShelf } from "./TaskShelf";
import { VersionsTab } from "./VersionsTab";

const route = getRouteApi("/tasks/$task");
const THIS_TAB = { exact: true, includeSearch: true } as const;
/** The tab of the versions, whichever two are compared. */
const ANY_COMPARISON = { exact: false, includeSearch: true } as const;

/** One task: its definition, how to start it, its versions. */
export function TaskRoom() {
  const { task: name } = route.useParams();
  const { version } = route.useSearch();
  const newest = useQuery(taskQuery(name));
  const chosen = useQuery({ ...taskQuery(name, version), enabled: version !== undefined });
  const draft = useQuery(draftQuery(name));
  useTitle(name);
  const error = newest.error ?? chosen.error ?? draft.error;
  // While it is asked for again what is not there yet, there is neither a task nor an error.
  if (newest.data === undefined && draft.data?.draft.basedOn === 0) return <DraftRoom tagged={draft.data} />;
  if (newest.data === undefined || (version !== undefined && chosen.data === undefined)) {
    return error === null ? <p role="status">{messages.loading}…</p> : <ProblemNote error={error} />;
  }
  return (
    <Loaded
      key={newest.data.task.id}
      newest={newest.data}
      draft={draft.data ?? null}
      shownVersion={version === undefined ? newest.data : chosen.data!}
    />
  );
}

/** What somebody has written and not saved, and what it began from. */
export interface Edit {
  written: Written;
  base: TaggedTask;
}

function Loaded({
  newest,
  shownVersion,
  draft,
}: {
  newest: TaggedTask;
  shownVersion: TaggedTask;
  draft: TaggedDraft | null;
}) {
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const { tab = "definition" } = route.useSearch();
  const mayStart = useMay("START_EXECUTIONS") && newest.task.archived === undefined;
  const [edit, setEdit] = useState<Edit | null>(null);
  const [draftEdit, setDraftEdit] = useState<DraftEdit | null>(null);
  const unsaved = edit !== null || draftEdit !== null;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsaved && current.pathname !== next.pathname && !confirm(messages.leaveUnsaved),
    enableBeforeUnload: () => unsaved,
  });

  const { task } = shownVersion;
  const { archived } = newest.task;
  function draftIsGone(version: number | null): void {
    setDraftEdit(null);
    client.setQueryData(draftQuery(task.name).queryKey, null);
    for (const key of ["draft", "task", "versions", "diff"]) {
      void client.invalidateQueries({ queryKey: [key, task.name] });
    }
    void client.invalidateQueries({ queryKey: ["tasks"] });
    void navigate({ search: version === null ? {} : { tab: "versions" } });
  }

  return (
    <>
      <div className="room-head">
        <div>
          <h1>
            {task.name} <small>{messages.versionN(task.version)}</small>
          </h1>
          <p className="muted">
            {messages.changed} <Moment at={task.createdAt} /> {messages.by} {task.createdBy}
          </p>
        </div>
        <TaskShelf task={newest.task} />
      </div>
      {archived !== undefined && <p className="note warn">{messages.taskArchived(shown(archived.by))}</p>}
      {typeof task["description"] === "string" && (
        <p className="description">{shown(task["description"])}</p>
      )}
      <nav className="tabs" aria-label={task.name}>
        <Link to="." search={(old) => ({ version: old.version })} activeOptions={THIS_TAB}>
          {messages.definition}
          {edit !== null && <span className="dot" title={messages.changedNotSaved} />}
        </Link>
        {draft !== null && (
          <Link to="." search={{ tab: "draft" as const }} activeOptions={THIS_TAB}>
            {messages.draft}
            {draftEdit !== null && <span className="dot" title={messages.changedNotSaved} />}
          </Link>
        )}
        {mayStart && (
          <Link to="." search={(old) => ({ version: old.version, tab: "start" as const })} activeOptions={THIS_TAB}>
            {messages.start}
          </Link>
        )}
        <Link to="." search={(old) => ({ version: old.version, tab: "versions" as const })} activeOptions={ANY_COMPARISON}>
          {messages.versions}
        </Link>
        <Link to="/executions" search={{ task: task.name }}>
          {messages.executionsOfTask} →
        </Link>
      </nav>
      {task.version !== newest.task.version && tab !== "draft" && (
        <p className="note">
          {messages.viewingOld(task.version, newest.task.version)}{" "}
          <Link to="." search={(old) => ({ tab: old.tab })}>
            {messages.showNewest}
          </Link>
        </p>
      )}
      {tab === "definition" && (
        <DefinitionTab
          newest={newest}
          shownVersion={shownVersion}
          draft={draft}
          edit={edit}
          onEdit={setEdit}
          onDrafted={() => void navigate({ search: { tab: "draft" } })}
        />
      )}
      {tab === "draft" && draft === null && <NoDraft />}
      {tab === "draft" && draft !== null && (
        <DraftTab
          name={task.name}
          tagged={draft}
          newest={newest.task.version}
          edit={draftEdit}
          onEdit={setDraftEdit}
          onGone={draftIsGone}
        />
      )}
      {tab === "start" && mayStart && <StartTab key={task.version} task={task} newest={newest.task.version} />}
      {tab === "versions" && <VersionsTab newest={newest} draft={draft} />}
    </>
  );
}
