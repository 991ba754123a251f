import { useState } from "react";
import { messages } from "../messages";
import { shown } from "./ansi";
import { CopyButton } from "./CopyButton";

const OPEN_TO = 3;
const FEW = 100;

/** A JSON value as a tree; large parts are closed, and long ones cut until they are asked for. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return (
    <div className="json" role="group" aria-label={label}>
      <CopyButton text={() => JSON.stringify(value, null, 2)} label={`${messages.copy}: ${label}`} />
      <Value value={value} depth={0} />
    </div>
  );
}

function Value({ value, depth }: { value: unknown; depth: number }) {
  if (value === null) return <span className="j-null">null</span>;
  switch (typeof value) {
    case "string":
      return <Text text={value} />;
    case "number":
      return <span className="j-number">{String(value)}</span>;
    case "boolean":
      return <span className="j-boolean">{String(value)}</span>;
    default:
      return <Branch value={value as object} depth={depth} />;
  }
}

function Text({ text }: { text: string }) {
  const [whole, setWhole] = useState(text.length <= 2000);
  return (
    <span className="j-string">
      {shown(JSON.stringify(whole ? text : `${text.slice(0, 1000)}…`))}
      {!whole && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          {messages.showAll(text.length)}
        </button>
      )}
    </span>
  );
}

function Branch({ value, depth }: { value: object; depth: number }) {
  const list = Array.isArray(value);
  const entries: [string, unknown][] = Object.entries(value);
  const [open, setOpen] = useState(depth < OPEN_TO && entries.length <= FEW);
  const [all, setAll] = useState(false);
  const [left, right] = list ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return <span className="j-mark">{left + right}</span>;
  return (
    <span className="j-branch">
      <button
        type="button"
        className="j-toggle"
        aria-expanded={open}
        aria-label={messages.entries(entries.length)}
        onClick={() => setOpen(!open)}
      >
        {left}
        {!open && ` ${messages.entries(entries.length)} ${right}`}
      </button>
      {open && (
        <>
          <span className="j-children">
            {(all ? entries : entries.slice(0, FEW)).map(([key, child]) => (
              <span className="j-entry" key={key}>
                {!list && <span className="j-key">{shown(key)}: </span>}
                <Value value={child} depth={depth + 1} />
              </span>
            ))}
            {!all && entries.length > FEW && (
              <button type="button" className="link" onClick={() => setAll(true)}>
                {messages.showAll(entries.length)}
              </button>
            )}
          </span>
          <span className="j-mark">{right}</span>
        </>
      )}
    </span>
  );
}
