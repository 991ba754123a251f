import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { JsonView } from "../parts/JsonView";
import { Violations } from "../parts/ProblemNote";
import type { Failure, Violation } from "../service/types";

/** Why it did not work: the code, the message, and what the code says beside. */
export function FailureNote({ failure }: { failure: Failure }) {
  const { code, category, message, attempt, details } = failure;
  return (
    <section className="note bad failure" aria-label={messages.failure}>
      <p>
        <code className="strong">{code}</code>{" "}
        <small>
          {category}
          {attempt !== undefined && ` · ${messages.attempt(attempt)}`}
        </small>
      </p>
      <p className="failure-message">{shown(message)}</p>
      <Details of={details} />
    </section>
  );
}

function isViolation(value: unknown): value is Violation {
  return typeof value === "object" && value !== null && "pointer" in value && "message" in value;
}

function Details({ of }: { of: unknown }) {
  if (of === undefined || of === null) return null;
  if (Array.isArray(of) && of.every(isViolation)) return <Violations of={of} />;
  if (typeof of !== "object") return <JsonView value={of} label={messages.details} />;
  const { stackTrace, ...rest } = of as Record<string, unknown>;
  return (
    <>
      {typeof stackTrace === "string" && stackTrace !== "" && (
        <details>
          <summary>{messages.stackTrace}</summary>
          <pre tabIndex={0}>{shown(stackTrace)}</pre>
        </details>
      )}
      {Object.keys(rest).length > 0 && (
        <p className="pairs">
          {Object.entries(rest).map(([name, value]) => (
            <span key={name}>
              <small>{shown(name)}</small>{" "}
              {shown(typeof value === "string" ? value : JSON.stringify(value))}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
