import { Link } from "@tanstack/react-router";
import { messages } from "../messages";

/** A draft that was begun before the newest version: what came between, and the way on. */
export function OutdatedNote({
  base,
  newest,
  pending,
  onAccept,
}: {
  base: number;
  newest: number;
  pending: boolean;
  onAccept?: (() => void) | undefined;
}) {
  return (
    <section className="note warn" aria-label={messages.outdated(newest, base)}>
      <p>
        <strong>{messages.outdated(newest, base)}</strong> {messages.outdatedText}
      </p>
      <div className="bar">
        {base > 0 && (
          <Link to="." search={{ tab: "versions" as const, from: base, to: newest }}>
            {messages.outdatedCompare(base, newest)}
          </Link>
        )}
        <Link to="." search={{ tab: "versions" as const, from: newest, to: "draft" as const }}>
          {messages.outdatedDraft(newest)}
        </Link>
        {onAccept !== undefined && (
          <button type="button" disabled={pending} onClick={onAccept}>
            {messages.outdatedYes(newest)}
          </button>
        )}
      </div>
    </section>
  );
}
