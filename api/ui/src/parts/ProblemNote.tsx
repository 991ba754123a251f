import { messages } from "../messages";
import { AwayError, ProblemError } from "../service/call";
import type { Violation } from "../service/types";
import { shown } from "./ansi";

/** A refusal of the service with all that it says, or another error. */
export function ProblemNote({ error, places }: { error: Error; places?: boolean }) {
  if (error instanceof AwayError) {
    return (
      <div role="alert" className="note warn">
        <strong>{messages.serviceAway}</strong>
      </div>
    );
  }
  if (!(error instanceof ProblemError)) {
    return (
      <div role="alert" className="note bad">
        <strong>{messages.crashed}</strong> {String(error)}
      </div>
    );
  }
  const { title, code, detail, errors, traceId } = error.problem;
  return (
    <div role="alert" className="note bad">
      <p>
        <strong>{title}</strong> {shown(detail)}
      </p>
      {places !== false && errors !== undefined && errors.length > 0 && <Violations of={errors} />}
      <p className="hint">
        <code>{code}</code>
        {traceId !== "" && <code>{messages.trace(traceId)}</code>}
      </p>
    </div>
  );
}

export function Violations({ of }: { of: readonly Violation[] }) {
  return (
    <ul className="violations">
      {of.map((violation, index) => (
        <li key={index}>
          <code>{messages.atPointer(shown(violation.pointer))}</code> {shown(violation.message)}
        </li>
      ))}
    </ul>
  );
}
