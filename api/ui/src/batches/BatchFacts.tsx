import type { ReactNode } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { StatusBadge } from "../parts/StatusBadge";
import type { Batch, Status } from "../service/types";

/** What the batch was asked to do, to which executions, by whom; how what it made stands. */
export function BatchFacts({ batch }: { batch: Batch }) {
  const { aborted, made, rate } = batch;
  const statuses = Object.entries(made ?? {}) as [Status, number][];
  return (
    <aside className="facts" aria-label={messages.details}>
      <dl>
        <Fact name={messages.operation}>
          {messages.operations[batch.operation]}
          <Pairs of={batch.parameters} />
        </Fact>
        <Fact name={messages.chosenFilter}>
          {batch.filter === null ? messages.chosenByHand : <Filter of={batch.filter} />}
        </Fact>
        {rate !== null && <Fact name={messages.rate}>{rate}</Fact>}
        <Fact name={messages.startedBy}>
          {shown(batch.createdBy)} <Moment at={batch.createdAt} />
        </Fact>
        {batch.endedAt !== null && (
          <Fact name={messages.ended}>
            <Moment at={batch.endedAt} />
          </Fact>
        )}
        {aborted !== null && (
          <Fact name={messages.abort}>
            {messages.abortedBy(shown(aborted.by))}
            {aborted.reason !== "" && <small>{shown(aborted.reason)}</small>}
          </Fact>
        )}
        {statuses.length > 0 && (
          <Fact name={messages.made}>
            {statuses.map(([status, count]) => (
              <span key={status} className="made">
                <StatusBadge status={status} /> {count}
              </span>
            ))}
          </Fact>
        )}
      </dl>
    </aside>
  );
}

function Filter({ of }: { of: Record<string, unknown> }) {
  return Object.keys(of).length === 0 ? messages.chosenAll : <Pairs of={of} />;
}

function Pairs({ of }: { of: Record<string, unknown> }) {
  return Object.entries(of).map(([name, value]) => (
    <small key={name}>
      {shown(name)}: {shown(typeof value === "string" ? value : JSON.stringify(value))}
    </small>
  ));
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
