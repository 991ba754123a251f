import { messages } from "../messages";
import type { WouldHave } from "../service/types";
import { shown } from "./ansi";

const SAID = new Set(["step", "instead"]);

/** The steps of a real execution, each with what the dry run did in its place. */
export function WouldHaveList({ of }: { of: WouldHave }) {
  return (
    <ol className="would-have" aria-label={messages.wouldHave}>
      {of.map((step, index) => (
        <li key={index}>
          <p>
            <strong>{messages.steps[step.step] ?? step.step}</strong>{" "}
            <small>{messages.instead[step.instead] ?? step.instead}</small>
          </p>
          <p className="pairs">
            {Object.entries(step as Record<string, unknown>)
              .filter(([name, value]) => !SAID.has(name) && value !== null && value !== "" && !isEmpty(value))
              .map(([name, value]) => (
                <span key={name}>
                  <small>{shown(name)}</small> {shown(plain(value))}
                </span>
              ))}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** A value as people write it in a line. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${plain(each)}`)
    .join(" · ");
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
