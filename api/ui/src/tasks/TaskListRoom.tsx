import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { CopyButton } from "../parts/CopyButton";
import { Empty } from "../parts/Empty";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { tasksQuery } from "../service/queries";
import type { TaskBrief } from "../service/types";
import { draftedQuery } from "../service/versions";
import type { TaskState } from "../routes";
import { useMay } from "../shell/caller";
import { useTitle } from "../shell/title";

const route = getRouteApi("/tasks");
const TYPED = 250;

/** All tasks of the project. */
export function TaskListRoom() {
  useTitle(messages.tasks);
  const { q, state } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q ?? "");
  const mayWrite = useMay("WRITE_TASKS");
  const tasks = useInfiniteQuery(tasksQuery(q ?? "", state));
  const drafted = useQuery(draftedQuery);

  useEffect(() => {
    if (typed === (q ?? "")) return undefined;
    const timer = setTimeout(
      () => void navigate({ search: (old) => ({ ...old, q: typed === "" ? undefined : typed }), replace: true }),
      TYPED,
    );
    return () => clearTimeout(timer);
  }, [typed, q, navigate]);

  const items = tasks.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div className="room-head">
        <h1>{messages.tasks}</h1>
        {mayWrite && (
          <Link to="/tasks/new" className="button primary">
            {messages.newTask}
          </Link>
        )}
      </div>
      <div className="filters">
        <input
          type="search"
          aria-label={messages.searchTasks}
          placeholder={messages.searchTasks}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <select
          aria-label={messages.state}
          value={state ?? ""}
          onChange={({ target: { value } }) =>
            void navigate({ search: (old) => ({ ...old, state: value === "" ? undefined : (value as TaskState) }) })
          }
        >
          <option value="">{messages.inUse}</option>
          <option value="draft">{messages.drafts}</option>
          <option value="archived">{messages.archivedOnes}</option>
        </select>
      </div>
      {tasks.error !== null && <ProblemNote error={tasks.error} />}
      {items === undefined && tasks.error === null && <p role="status">{messages.loading}…</p>}
      {items?.length === 0 && (q === undefined ? <Nothing state={state} /> : <Empty title={messages.noTasksFound(q)} />)}
      {items !== undefined && items.length > 0 && <TaskTable items={items} drafted={drafted.data} />}
      {tasks.hasNextPage && (
        <button type="button" onClick={() => void tasks.fetchNextPage()} disabled={tasks.isFetchingNextPage}>
          {messages.more}
        </button>
      )}
    </>
  );
}

function TaskTable({ items, drafted }: { items: readonly TaskBrief[]; drafted: ReadonlySet<string> | undefined }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{messages.name}</th>
            <th scope="col" className="wide-only grows">{messages.description}</th>
            <th scope="col">{messages.version}</th>
            <th scope="col">{messages.changed}</th>
            <th scope="col" className="wide-only">{messages.author}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((task) => (
            <tr key={task.id}>
              <td className="main-cell">
                <Link to="/tasks/$task" params={{ task: task.name }} className="strong">
                  {task.name}
                </Link>{" "}
                {drafted?.has(task.name) === true && (
                  <Link
                    to="/tasks/$task"
                    params={{ task: task.name }}
                    search={{ tab: "draft" }}
                    className="tag"
                    title={messages.hasDraft}
                    aria-label={`${messages.draft}: ${task.name}`}
                  >
                    {messages.draft}
                  </Link>
                )}
              </td>
              <td className="wide-only grows cut" title={task.description}>
                {shown(task.description ?? "").split("\n")[0]}
              </td>
              <td>{task.version > 0 && messages.versionN(task.version)}</td>
              <td className="nowrap">
                <Moment at={task.createdAt} />
              </td>
              <td className="wide-only muted">{task.createdBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Nothing({ state }: { state: TaskState | undefined }) {
  switch (state) {
    case undefined:
      return <NoTasks />;
    case "draft":
      return (
        <Empty title={messages.noDrafts}>
          <p>{messages.noDraftsText}</p>
        </Empty>
      );
    case "archived":
      return (
        <Empty title={messages.noArchived}>
          <p>{messages.noArchivedText}</p>
        </Empty>
      );
  }
}

function NoTasks() {
  return (
    <Empty title={messages.noTasks}>
      <p>{messages.noTasksText}</p>
      <p>{messages.noTasksCommand}</p>
      <p className="command">
        <code>{messages.firstCommand}</code>
        <CopyButton text={() => messages.firstCommand} />
      </p>
      <p>
        <Link to="/tasks/new">{messages.newTask}</Link>: {messages.noTasksElse}
      </p>
    </Empty>
  );
}
