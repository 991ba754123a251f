import { Link } from "@tanstack/react-router";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { JsonView } from "../parts/JsonView";
import { WouldHaveList } from "../parts/WouldHaveList";
import type { DryRun } from "../service/types";

/** A dry run that ended, or only its id where it goes on. */
export type Tried = DryRun | { id: string };

/** What a dry run came to, and what it would have done. */
export function DryRunPanel({ tried }: { tried: Tried }) {
  const ended = "wouldHave" in tried;
  return (
    <section className="preview" role="status">
      <h2>
        {messages.tryOut}: {ended ? messages.outcomes[tried.outcome] : messages.triedStill}
      </h2>
      {ended && (
        <>
          {tried.failure != null && (
            <p className="note bad">
              <code>{tried.failure.code}</code> {shown(tried.failure.message)}
            </p>
          )}
          {tried.output !== undefined && <JsonView value={tried.output} label={messages.output} />}
          <p className="muted">{messages.triedNothing}</p>
          <WouldHaveList of={tried.wouldHave} />
        </>
      )}
      <p>
        <Link to="/executions/$id" params={{ id: ended ? tried.execution : tried.id }}>
          {messages.showDryRun}
        </Link>
      </p>
    </section>
  );
}
