import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { messages } from "../messages";
import { CopyButton } from "../parts/CopyButton";
import { JsonView } from "../parts/JsonView";
import { ProblemNote } from "../parts/ProblemNote";
import { StatusBadge } from "../parts/StatusBadge";
import { WouldHaveList } from "../parts/WouldHaveList";
import type { ExecutionTab } from "../routes";
import { executionQuery } from "../service/queries";
import { type Execution, hasEnded } from "../service/types";
import { useTitle } from "../shell/title";
import { AttemptTable } from "./AttemptTable";
import { Controls } from "./Controls";
import { Facts } from "./Facts";
import { FailureNote } from "./FailureNote";
import { FileTable } from "./FileTable";
import { LogView } from "./LogView";
import { ProgressBar } from "./ProgressBar";
import { type Story, useStory } from "./story";
import { Timeline } from "./Timeline";
import { WaitNote } from "./WaitNote";
import { WaitTable } from "./WaitTable";

const route = getRouteApi("/executions/$id");
const THIS_TAB = { exact: true, includeSearch: true } as const;

/** One execution, as it goes on. */
export function ExecutionRoom() {
  const { id } = route.useParams();
  const execution = useQuery(executionQuery(id));
  useTitle(execution.data === undefined ? messages.execution : `${execution.data.task.name} · ${id.slice(-8)}`);
  if (execution.data === undefined) {
    return execution.error === null ? (
      <p role="status">{messages.loading}…</p>
    ) : (
      <ProblemNote error={execution.error} />
    );
  }
  return <Loaded key={id} execution={execution.data} />;
}

function Loaded({ execution }: { execution: Execution }) {
  const { tab = "log" } = route.useSearch();
  const story = useStory(execution.id);
  const { task, progress, failure, status } = execution;
  return (
    <>
      <div className="room-head">
        <div>
          <h1>
            <Link to="/tasks/$task" params={{ task: task.name }} search={{ version: task.version }}>
              {task.name}
            </Link>{" "}
            <small>{messages.versionN(task.version)}</small> <StatusBadge status={status} />
          </h1>
          <p className="muted id">
            <code>{execution.id}</code>
            <CopyButton text={() => execution.id} label={`${messages.copy}: ${execution.id}`} />
          </p>
        </div>
        <Controls execution={execution} />
      </div>
      {progress !== null && !hasEnded(status) && (
        <ProgressBar fraction={progress.fraction} message={progress.message} />
      )}
      <WaitNote execution={execution} />
      {failure !== null && <FailureNote failure={failure} />}
      <div className="split">
        <div className="split-main">
          <Tabs execution={execution} />
          <Tab tab={tab} execution={execution} story={story} />
        </div>
        <Facts execution={execution} />
      </div>
    </>
  );
}

function Tabs({ execution }: { execution: Execution }) {
  const names: Record<ExecutionTab, string> = {
    log: messages.log,
    data: messages.data,
    timeline: messages.timeline,
    attempts: `${messages.attempts} ${execution.attempts.length}`,
    files: messages.files,
  };
  return (
    <nav className="tabs" aria-label={messages.execution}>
      {(Object.keys(names) as ExecutionTab[]).map((name) => (
        <Link
          key={name}
          to="."
          search={name === "log" ? {} : { tab: name }}
          activeOptions={THIS_TAB}
        >
          {names[name]}
        </Link>
      ))}
    </nav>
  );
}

function Tab({ tab, execution, story }: { tab: ExecutionTab; execution: Execution; story: Story }) {
  switch (tab) {
    case "log":
      return <LogView story={story} />;
    case "data":
      return <Data execution={execution} />;
    case "timeline":
      return (
        <>
          <Timeline execution={execution} happenings={story.happenings} />
          <WaitTable execution={execution} happenings={story.happenings} />
        </>
      );
    case "attempts":
      return <AttemptTable execution={execution} />;
    case "files":
      return <FileTable execution={execution} />;
  }
}

function Data({ execution }: { execution: Execution }) {
  return (
    <div className="data">
      {execution.wouldHave !== null && (
        <section className="whole-width">
          <h2>{messages.wouldHave}</h2>
          <WouldHaveList of={execution.wouldHave} />
        </section>
      )}
      <section>
        <h2>{messages.input}</h2>
        <JsonView value={execution.input} label={messages.input} />
      </section>
      <section>
        <h2>{messages.output}</h2>
        {execution.status === "COMPLETED" ? (
          <JsonView value={execution.output} label={messages.output} />
        ) : (
          <p className="muted">{hasEnded(execution.status) ? messages.noOutput : messages.noOutputYet}</p>
        )}
      </section>
    </div>
  );
}
