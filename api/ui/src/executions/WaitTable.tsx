import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { clock, span } from "../parts/time";
import type { Happening } from "../service/events";
import { type Execution, hasEnded } from "../service/types";
import { useNow } from "./useNow";
import { waitsOf } from "./waits";

/** How long it waited, for what; the one that lasts is told by the execution itself. */
export function WaitTable({ execution, happenings }: { execution: Execution; happenings: readonly Happening[] }) {
  const waits = waitsOf(happenings);
  const now = useNow(!hasEnded(execution.status) && waits.some((wait) => wait.to === null));
  if (waits.length === 0) return null;
  const begin = Date.parse(execution.acceptedAt);
  const end = execution.executionMetadata.endTime;
  const waited = waits.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
  const whole = (end === null ? now : Date.parse(end)) - begin;
  return (
    <section className="waits" aria-label={messages.waits}>
      <h2>{messages.waits}</h2>
      <p className="muted">{messages.waitShare(span(waited), span(Math.max(whole, waited)))}</p>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">{messages.waitedFrom}</th>
              <th scope="col">{messages.duration}</th>
              <th scope="col" className="grows">{messages.waitedFor}</th>
            </tr>
          </thead>
          <tbody>
            {waits.map((wait) => (
              <tr key={wait.seq}>
                <td className="nowrap">{clock(new Date(wait.from).toISOString())}</td>
                <td className="nowrap number">
                  {span(Math.max(0, (wait.to ?? now) - wait.from))} {wait.to === null && <small>{messages.waitStill}</small>}
                </td>
                <td className="grows">
                  {shown((wait.to === null ? execution.waiting?.for : undefined) ?? wait.cause)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
