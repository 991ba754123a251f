import { messages } from "../messages";
import type { OperationName } from "../service/batches";
import type { Wishes } from "./wishes";

const LONGEST_REASON = 1000;
const LONGEST_NAME = 200;

/** What an operation needs to know, and how the batch is called and paced. */
export function BatchParameters({
  operation,
  wishes,
  onChange,
}: {
  operation: OperationName;
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
}) {
  const again = operation === "retry" || operation === "rerun";
  return (
    <>
      {operation === "priority" && (
        <label>
          {messages.priority}
          <select
            value={wishes.priority}
            onChange={(event) => onChange({ ...wishes, priority: Number(event.target.value) })}
          >
            {[1, 2, 3, 4, 5].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      )}
      {again && (
        <label>
          {messages.batchVersion}
          <select
            value={wishes.latest ? "latest" : "own"}
            onChange={(event) => onChange({ ...wishes, latest: event.target.value === "latest" })}
          >
            <option value="own">{messages.batchOwnVersion}</option>
            <option value="latest">{messages.batchNewestVersion}</option>
          </select>
        </label>
      )}
      {operation === "rerun" && (
        <label>
          {messages.input}
          <select
            value={wishes.input === null ? "own" : "other"}
            onChange={(event) => onChange({ ...wishes, input: event.target.value === "own" ? null : "{}" })}
          >
            <option value="own">{messages.ownInput}</option>
            <option value="other">{messages.otherInput}</option>
          </select>
          {wishes.input !== null && (
            <textarea
              rows={5}
              spellCheck={false}
              aria-label={messages.otherInput}
              value={wishes.input}
              onChange={(event) => onChange({ ...wishes, input: event.target.value })}
            />
          )}
        </label>
      )}
      {!again && (
        <label>
          {messages.reason}
          <input
            value={wishes.reason}
            maxLength={LONGEST_REASON}
            onChange={(event) => onChange({ ...wishes, reason: event.target.value })}
          />
        </label>
      )}
      <div className="fields">
        <label>
          {messages.batchName}
          <input
            value={wishes.name}
            maxLength={LONGEST_NAME}
            onChange={(event) => onChange({ ...wishes, name: event.target.value })}
          />
          <small>{messages.batchNameHint}</small>
        </label>
        <label>
          {messages.rate}
          <input
            type="number"
            min={0.01}
            max={1000}
            step="any"
            value={wishes.rate}
            onChange={(event) => onChange({ ...wishes, rate: event.target.value })}
          />
          <small>{messages.rateHint}</small>
        </label>
      </div>
    </>
  );
}
