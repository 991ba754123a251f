import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { clock, span, wholeMoment } from "../parts/time";
import type { Happening } from "../service/events";
import type { Execution } from "../service/types";

/** Everything that happened, in order, each with its cause and how long after the one before. */
export function Timeline({ execution, happenings }: { execution: Execution; happenings: readonly Happening[] }) {
  return (
    <>
      <Strip execution={execution} />
      <ol className="timeline">
        {happenings.map((happening, index) => {
          const before = happenings[index - 1];
          const gap = before === undefined ? 0 : Date.parse(happening.data.at) - Date.parse(before.data.at);
          return (
            <li key={happening.seq} className={tone(happening)}>
              <time dateTime={happening.data.at} title={wholeMoment(happening.data.at)}>
                {clock(happening.data.at)}
              </time>
              <span className="gap-time">{before !== undefined && messages.after(span(gap))}</span>
              <span className="what">
                <strong>{headline(happening)}</strong> {rest(happening)}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function word(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function tone({ type, data }: Happening): string {
  if (type === "status" || type === "end") return `s-${word(data["status"]).toLowerCase()}`;
  if (type === "attempt") return failureOf(data) === null ? "s-running" : "s-failed";
  if (type === "cancel" || type === "terminate") return "s-cancelled";
  return type === "pause" || type === "waiting" ? "s-waiting" : "s-received";
}

function failureOf(data: Happening["data"]): { code?: string; message?: string } | null {
  const failure = data["failure"];
  return typeof failure === "object" && failure !== null ? failure : null;
}

function headline({ type, data }: Happening): string {
  switch (type) {
    case "status":
    case "end":
      return messages.statuses[word(data["status"])] ?? shown(word(data["status"]));
    case "attempt": {
      const number = data["number"];
      if (data["state"] === "started") return messages.attemptStarted(number, shown(word(data["worker"] ?? "")));
      return failureOf(data) === null ? messages.attemptEnded(number) : messages.attemptFailed(number);
    }
    default:
      return messages.happened[type] ?? shown(type);
  }
}

const SAID = new Set(["at", "status", "number", "state", "worker"]);

/** What else the event says, in the order in which it says it. */
function rest({ data }: Happening) {
  const failure = failureOf(data);
  return (
    <>
      {failure !== null && (
        <span>
          <code className="bad-text">{failure.code}</code> {shown(failure.message ?? "")}
        </span>
      )}
      {Object.entries(data)
        .filter(([name, value]) => !SAID.has(name) && name !== "failure" && value !== null && value !== "")
        .map(([name, value]) => (
          <span key={name} className="pair">
            <small>{shown(name)}</small> {shown(word(value))}
          </span>
        ))}
    </>
  );
}

const WIDTH = 1000;

/** The whole time as a strip: waiting, then each attempt. */
function Strip({ execution }: { execution: Execution }) {
  const begin = Date.parse(execution.acceptedAt);
  const ends = [
    execution.executionMetadata.endTime,
    ...execution.attempts.map((attempt) => attempt.endedAt ?? new Date().toISOString()),
  ];
  const end = Math.max(begin + 1, ...ends.filter((each) => each !== null).map((each) => Date.parse(each)));
  const at = (time: string): number => ((Date.parse(time) - begin) / (end - begin)) * WIDTH;
  if (execution.attempts.length === 0) return null;
  return (
    <figure className="strip">
      <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" role="img" aria-label={messages.timeline}>
        <rect className="strip-all" x="0" y="5" width={WIDTH} height="4" />
        {execution.attempts.map((attempt) => {
          const from = at(attempt.startedAt);
          const to = attempt.endedAt === null ? WIDTH : at(attempt.endedAt);
          return (
            <rect
              key={attempt.number}
              className={attempt.failure === null ? "strip-good" : "strip-bad"}
              x={from}
              y="0"
              width={Math.max(3, to - from)}
              height="14"
            >
              <title>
                {`${messages.attempt(attempt.number)}: ${span(((to - from) / WIDTH) * (end - begin))}`}
              </title>
            </rect>
          );
        })}
      </svg>
      <figcaption>
        <span>0</span>
        <span>{span(end - begin)}</span>
      </figcaption>
    </figure>
  );
}
