import { messages } from "../messages";
import { ProblemNote } from "./ProblemNote";

/** The end of a form in a dialog: what went wrong, the way back and the way on. */
export function DialogEnd({
  error,
  yes,
  harmful,
  pending,
  onClose,
}: {
  /** A `SyntaxError` is about a JSON text that somebody typed. */
  error: Error | null;
  yes: string;
  harmful?: boolean;
  pending: boolean;
  onClose: () => void;
}) {
  return (
    <>
      {error instanceof SyntaxError && (
        <p role="alert" className="note bad">
          {messages.inputWrong}: {error.message}
        </p>
      )}
      {error !== null && !(error instanceof SyntaxError) && <ProblemNote error={error} />}
      <div className="actions">
        <button type="button" onClick={onClose}>
          {messages.cancelDialog}
        </button>
        <button type="submit" className={harmful === true ? "danger" : "primary"} disabled={pending}>
          {yes}
        </button>
      </div>
    </>
  );
}
