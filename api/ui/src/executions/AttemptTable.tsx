import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { bytes, span } from "../parts/time";
import { type Attempt, type Execution, hasEnded } from "../service/types";
import { useNow } from "./useNow";

/** Every try at the work, with what it used and how it failed. */
export function AttemptTable({ execution }: { execution: Execution }) {
  const now = useNow(execution.attempts.some((attempt) => attempt.endedAt === null));
  if (execution.attempts.length === 0) {
    return <p className="muted">{hasEnded(execution.status) ? messages.noAttempts : messages.noAttemptsYet}</p>;
  }
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{messages.attemptColumn}</th>
            <th scope="col">{messages.started}</th>
            <th scope="col">{messages.duration}</th>
            <th scope="col" className="wide-only">{messages.worker}</th>
            <th scope="col" className="wide-only">{messages.memory}</th>
            <th scope="col" className="wide-only">{messages.cpuTime}</th>
          </tr>
        </thead>
        <tbody>
          {execution.attempts.map((attempt) => (
            <Row key={attempt.number} attempt={attempt} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ attempt, now }: { attempt: Attempt; now: number }) {
  const { usage, failure } = attempt;
  const end = attempt.endedAt === null ? now : Date.parse(attempt.endedAt);
  return (
    <>
      <tr>
        <td className="number">{attempt.number}</td>
        <td className="nowrap">
          <Moment at={attempt.startedAt} />
        </td>
        <td className="nowrap number">{span(end - Date.parse(attempt.startedAt))}</td>
        <td className="wide-only">
          {shown(attempt.worker)}
          {attempt.environment !== null && <small> {shown(attempt.environment)}</small>}
        </td>
        <td className="wide-only nowrap">
          {usage?.peakMemory !== undefined ? messages.peak(bytes(usage.peakMemory), attempt.memory) : attempt.memory}
        </td>
        <td className="wide-only nowrap number">{usage?.cpuMillis !== undefined && span(usage.cpuMillis)}</td>
      </tr>
      {failure !== null && (
        <tr className="continued">
          <td />
          <td colSpan={5}>
            <code className="bad-text">{failure.code}</code> {shown(failure.message)}
          </td>
        </tr>
      )}
    </>
  );
}
