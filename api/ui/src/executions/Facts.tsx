import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { bytes, millisOf, span } from "../parts/time";
import { type Execution, hasEnded } from "../service/types";
import { useNow } from "./useNow";

/** What is known about the execution beside its work. */
export function Facts({ execution }: { execution: Execution }) {
  const { executionMetadata: times, route, cached, cancellation, paused, skipped, labels, files } = execution;
  const now = useNow(!hasEnded(execution.status));
  const running = times.startTime === null ? null : now - Date.parse(times.startTime);
  return (
    <aside className="facts" aria-label={messages.details}>
      <dl>
        {execution.dryRun && <Fact name={messages.dryRun}>{messages.dryRunMeans}</Fact>}
        <Fact name={messages.accepted}>
          <Moment at={execution.acceptedAt} />
        </Fact>
        {times.startTime !== null && (
          <Fact name={messages.started}>
            <Moment at={times.startTime} />
            <small>{messages.after(span(Date.parse(times.startTime) - Date.parse(execution.acceptedAt)))}</small>
          </Fact>
        )}
        {(times.duration !== null || running !== null) && (
          <Fact name={messages.duration}>
            {times.duration !== null ? span(millisOf(times.duration)) : span(running!)}
          </Fact>
        )}
        {route !== null && (
          <Fact name={messages.route}>
            {route.method} · {route.pool}
            <small>{shown(route.reason)}</small>
          </Fact>
        )}
        {times.executionEnvironment !== null && (
          <Fact name={messages.environment}>{shown(times.executionEnvironment)}</Fact>
        )}
        <Fact name={messages.priority}>{execution.priority}</Fact>
        <OriginFact origin={execution.origin as Origin} />
        {cached !== null && (
          <Fact name={messages.cachedFrom}>
            <ExecutionLink id={cached.from} /> <Moment at={cached.at} />
          </Fact>
        )}
        {paused !== null && (
          <Fact name={messages.pause}>
            {messages.pausedBy(paused.by)}
            <Reason of={paused.reason} />
          </Fact>
        )}
        {skipped !== null && (
          <Fact name={messages.skip}>
            {messages.skippedBy(skipped.by)}
            <Reason of={skipped.reason} />
          </Fact>
        )}
        {cancellation !== null && (
          <Fact name={messages.cancel}>
            {messages.cancelledBy(cancellation.by)}
            <Reason of={cancellation.reason} />
          </Fact>
        )}
        {Object.keys(labels).length > 0 && (
          <Fact name={messages.labels}>
            <span className="labels">
              {Object.entries(labels).map(([name, value]) => (
                <Link key={name} to="/executions" search={{ label: [`${name}=${value}`] }} className="tag">
                  {shown(`${name}=${value}`)}
                </Link>
              ))}
            </span>
          </Fact>
        )}
        {files.length > 0 && (
          <Fact name={messages.files}>
            {files.map((file) => (
              <small key={file.path}>
                {shown(file.path)} · {bytes(file.size)}
              </small>
            ))}
          </Fact>
        )}
      </dl>
      {isHttp(execution.links.temporal) && (
        <a href={execution.links.temporal!} target="_blank" rel="noreferrer noopener">
          {messages.inTemporal} ↗
        </a>
      )}
    </aside>
  );
}

/** The address is the operator's; all the same nothing but a web page is opened. */
function isHttp(address: string | null): boolean {
  return address !== null && /^https?:\/\//i.test(address);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Reason({ of }: { of: string | null | undefined }) {
  return of != null && of !== "" && <small>{shown(of)}</small>;
}

interface Origin {
  kind?: string;
  by?: string;
  execution?: string;
}

const ORIGINS: Record<string, string> = {
  retry: messages.originRetry,
  rerun: messages.originRerun,
  check: messages.originCheck,
};

function OriginFact({ origin }: { origin: Origin }) {
  return (
    <>
      {origin.execution !== undefined && (
        <Fact name={ORIGINS[origin.kind ?? ""] ?? messages.origin}>
          <ExecutionLink id={origin.execution} />
        </Fact>
      )}
      {origin.by !== undefined && <Fact name={messages.startedBy}>{shown(origin.by)}</Fact>}
    </>
  );
}

function ExecutionLink({ id }: { id: string }) {
  return (
    <Link to="/executions/$id" params={{ id }} title={id}>
      <code>{id.slice(-8)}</code>
    </Link>
  );
}
