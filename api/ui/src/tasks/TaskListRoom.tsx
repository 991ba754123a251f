import { useInfiniteQuery } from "@tanstack/react-query";
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
import { useMay } from "../shell/caller";
import { useTitle } from "../shell/title";

const route = getRouteApi("/tasks");
const TYPED = 250;

/** All tasks of the project. */
export function TaskListRoom() {
  useTitle(messages.tasks);
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q ?? "");
  const mayWrite = useMay("WRITE_TASKS");
  const tasks = useInfiniteQuery(tasksQuery(q ?? ""));

  useEffect(() => {
    if (typed === (q ?? "")) return undefined;
    const timer = setTimeout(
      () => void navigate({ search: typed === "" ? {} : { q: typed }, replace: true }),
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
      </div>
      {tasks.error !== null && <ProblemNote error={tasks.error} />}
      {items === undefined && tasks.error === null && <p role="status">{messages.loading}…</p>}
      {items?.length === 0 && (q === undefined ? <NoTasks /> : <Empty title={messages.noTasksFound(q)} />)}
      {items !== undefined && items.length > 0 && <TaskTable items={items} />}
      {tasks.hasNextPage && (
        <button type="button" onClick={() => void tasks.fetchNextPage()} disabled={tasks.isFetchingNextPage}>
          {messages.more}
        </button>
      )}
    </>
  );
}

function TaskTable({ items }: { items: readonly TaskBrief[] }) {
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
                </Link>
              </td>
              <td className="wide-only grows cut" title={task.description}>
                {shown(task.description ?? "").split("\n")[0]}
              </td>
              <td>{messages.versionN(task.version)}</td>
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
