import { Link } from "@tanstack/react-router";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { span } from "../parts/time";
import type { Execution } from "../service/types";
import { useNow } from "./useNow";

/** Why nothing goes on now: what for, since when, who goes before, from when on it may. */
export function WaitNote({ execution }: { execution: Execution }) {
  const { waiting, task, paused, status } = execution;
  const now = useNow(waiting !== null);
  if (waiting === null) return null;
  const { since, ahead, until } = waiting;
  return (
    <section className="note" aria-label={messages.whyWaiting}>
      <p>
        <strong>{messages.waitsFor(shown(waiting.for))}</strong>{" "}
        {since !== null && messages.waitsSince(span(Math.max(0, now - Date.parse(since))))}{" "}
        {ahead !== null && (ahead === 0 ? messages.nobodyAhead : messages.ahead(ahead))}{" "}
        {until !== null && (
          <>
            {messages.notBefore} <Moment at={until} />.
          </>
        )}
      </p>
      {status === "RECEIVED" && paused === null && ahead !== null && (
        <p className="bar">
          <Link to="/executions" search={{ task: task.name, status: "RUNNING" }}>
            {messages.underWay}
          </Link>
          <Link to="/executions" search={{ task: task.name, status: "RECEIVED" }}>
            {messages.alsoWaiting}
          </Link>
        </p>
      )}
    </section>
  );
}
