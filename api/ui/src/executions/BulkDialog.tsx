import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Dialog } from "../parts/Dialog";
import { call, freshKey } from "../service/call";
import type { ExecutionBrief } from "../service/types";
import type { BulkName } from "./BulkBar";
import { CONTROLS } from "./controls";

const AT_ONCE = 4;

interface Outcome {
  item: ExecutionBrief;
  refused?: string;
  made?: string;
}

/** Asks once, does it to each, and says what came of each. */
export function BulkDialog({
  name,
  chosen,
  onClose,
}: {
  name: BulkName;
  chosen: readonly ExecutionBrief[];
  onClose: (done: boolean) => void;
}) {
  const fitting = chosen.filter((item) => CONTROLS[name].fits(item.status));
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const refused = outcomes?.filter((outcome) => outcome.refused !== undefined).length ?? 0;
  const done = outcomes?.length === fitting.length;

  async function begin(): Promise<void> {
    setOutcomes([]);
    const waiting = [...fitting];
    const work = async (): Promise<void> => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        const outcome = await perform(name, item);
        setOutcomes((before) => [...(before ?? []), outcome]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  const title =
    name === "cancel" ? messages.bulkCancelTitle(fitting.length) : messages.bulkRetryTitle(fitting.length);
  return (
    <Dialog title={title} onClose={() => onClose(outcomes !== null)}>
      <p>{name === "cancel" ? messages.cancelText : messages.bulkRetryText}</p>
      {chosen.length > fitting.length && <p>{messages.bulkLeftOut(chosen.length - fitting.length)}</p>}
      {outcomes !== null && (
        <div role="status">
          <progress max={fitting.length} value={outcomes.length} aria-label={messages.progress} />{" "}
          {messages.bulkDone(outcomes.length, fitting.length)}
          {refused > 0 && <span className="bad-text"> · {messages.bulkFailed(refused)}</span>}
          <ul className="outcomes">
            {outcomes.map(({ item, refused: why, made }) => (
              <li key={item.id}>
                <span>
                  {item.task.name} <small>{item.id.slice(-8)}</small>
                </span>
                {why !== undefined && <span className="bad-text">{shown(why)}</span>}
                {why === undefined && made === undefined && <span className="good-text">{messages.ok}</span>}
                {made !== undefined && (
                  <Link to="/executions/$id" params={{ id: made }}>
                    {messages.newExecution}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="actions">
        {outcomes === null ? (
          <>
            <button type="button" onClick={() => onClose(false)}>
              {messages.cancelDialog}
            </button>
            <button
              type="button"
              className={name === "cancel" ? "danger" : "primary"}
              onClick={() => void begin()}
            >
              {messages[name]} {fitting.length}
            </button>
          </>
        ) : (
          <button type="button" disabled={!done} onClick={() => onClose(true)}>
            {messages.close}
          </button>
        )}
      </div>
    </Dialog>
  );
}

async function perform(name: BulkName, item: ExecutionBrief): Promise<Outcome> {
  try {
    const { data } = await call<{ id?: string }>(`/executions/${item.id}/${name}`, {
      method: "POST",
      ...(name === "retry" && { headers: { "Idempotency-Key": freshKey() } }),
    });
    return name === "retry" && data?.id !== undefined ? { item, made: data.id } : { item };
  } catch (error) {
    return { item, refused: (error as Error).message };
  }
}
