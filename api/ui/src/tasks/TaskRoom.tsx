import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { type TaggedTask, taskQuery } from "../service/queries";
import { useMay } from "../shell/caller";
import { useTitle } from "../shell/title";
import type { Draft } from "./DefinitionEditor";
import { DefinitionTab } from "./DefinitionTab";
import { StartTab } from "./StartTab";
import { VersionsTab } from "./VersionsTab";

const route = getRouteApi("/tasks/$task");
const THIS_TAB = { exact: true, includeSearch: true } as const;

/** One task: its definition, how to start it, its versions. */
export function TaskRoom() {
  const { task: name } = route.useParams();
  const { version } = route.useSearch();
  const newest = useQuery(taskQuery(name));
  const chosen = useQuery({ ...taskQuery(name, version), enabled: version !== undefined });
  useTitle(name);
  const error = newest.error ?? chosen.error;
  if (newest.data === undefined || (version !== undefined && chosen.data === undefined)) {
    return error === null ? <p role="status">{messages.loading}…</p> : <ProblemNote error={error} />;
  }
  return (
    <Loaded
      key={newest.data.task.id}
      newest={newest.data}
      shownVersion={version === undefined ? newest.data : chosen.data!}
    />
  );
}

/** What somebody has written and not saved, and what it began from. */
export interface Edit {
  draft: Draft;
  base: TaggedTask;
}

function Loaded({ newest, shownVersion }: { newest: TaggedTask; shownVersion: TaggedTask }) {
  const { tab = "definition" } = route.useSearch();
  const mayStart = useMay("START_EXECUTIONS");
  const [edit, setEdit] = useState<Edit | null>(null);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      edit !== null && current.pathname !== next.pathname && !confirm(messages.leaveUnsaved),
    enableBeforeUnload: () => edit !== null,
  });

  const { task } = shownVersion;
  return (
    <>
      <div className="room-head">
        <h1>
          {task.name} <small>{messages.versionN(task.version)}</small>
        </h1>
        <p className="muted">
          {messages.changed} <Moment at={task.createdAt} /> {messages.by} {task.createdBy}
        </p>
      </div>
      {typeof task["description"] === "string" && (
        <p className="description">{shown(task["description"])}</p>
      )}
      <nav className="tabs" aria-label={task.name}>
        <Link to="." search={(old) => ({ version: old.version })} activeOptions={THIS_TAB}>
          {messages.definition}
          {edit !== null && <span className="dot" title={messages.changedNotSaved} />}
        </Link>
        {mayStart && (
          <Link to="." search={(old) => ({ version: old.version, tab: "start" as const })} activeOptions={THIS_TAB}>
            {messages.start}
          </Link>
        )}
        <Link to="." search={(old) => ({ version: old.version, tab: "versions" as const })} activeOptions={THIS_TAB}>
          {messages.versions}
        </Link>
        <Link to="/executions" search={{ task: task.name }}>
          {messages.executionsOfTask} →
        </Link>
      </nav>
      {task.version !== newest.task.version && (
        <p className="note">
          {messages.viewingOld(task.version, newest.task.version)}{" "}
          <Link to="." search={(old) => ({ tab: old.tab })}>
            {messages.showNewest}
          </Link>
        </p>
      )}
      {tab === "definition" && (
        <DefinitionTab newest={newest} shownVersion={shownVersion} edit={edit} onEdit={setEdit} />
      )}
      {tab === "start" && mayStart && <StartTab key={task.version} task={task} newest={newest.task.version} />}
      {tab === "versions" && <VersionsTab task={newest.task} />}
    </>
  );
}
