import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { JsonView } from "../parts/JsonView";
import { Violations } from "../parts/ProblemNote";
import { millisOf, span } from "../parts/time";
import type { operations } from "../service/contract";

export type Preview = operations["previewTask"]["responses"][200]["content"]["application/json"];

/** What a start would do. */
export function PreviewPanel({ preview }: { preview: Preview }) {
  const { route, limits, capacity, expected, warnings, errors, checks } = preview;
  const awaited = (preview.signals ?? []).filter((signal) => signal.awaited);
  if (!preview.valid) {
    return (
      <section className="preview" role="status">
        <h2>{messages.wouldRefuse}</h2>
        <Violations of={errors} />
      </section>
    );
  }
  return (
    <section className="preview" role="status">
      <h2>{messages.wouldStart}</h2>
      {warnings !== undefined && warnings.length > 0 && (
        <ul className="warnings">
          {warnings.map((warning) => (
            <li key={warning.code} className="note warn">
              {shown(warning.message ?? "")} <code>{warning.code}</code>
            </li>
          ))}
        </ul>
      )}
      <dl>
        {route !== undefined && (
          <>
            <dt>{messages.route}</dt>
            <dd>
              {route.method} · {route.pool}
              <small>{route.reason}</small>
            </dd>
          </>
        )}
        <dt>{messages.expected}</dt>
        <dd>
          {expected?.p50 != null && expected.p90 != null
            ? messages.expectedText(span(millisOf(expected.p50)), span(millisOf(expected.p90)), expected.sample ?? 0)
            : messages.expectedNone}
        </dd>
        {capacity != null && (
          <>
            <dt>{messages.capacity}</dt>
            <dd>{messages.capacityText(capacity.free ?? 0, capacity.slots ?? 0, capacity.waiting ?? 0)}</dd>
          </>
        )}
        {awaited.length > 0 && (
          <>
            <dt>{messages.awaitedSignals}</dt>
            <dd>{awaited.map((signal) => signal.name).join(", ")}</dd>
          </>
        )}
        {checks !== undefined && checks.length > 0 && (
          <>
            <dt>{messages.checkedBy}</dt>
            <dd>{checks.map(({ task }) => task.name).join(", ")}</dd>
          </>
        )}
        {limits !== undefined && (
          <>
            <dt>{messages.limits}</dt>
            <dd className="pairs">
              {pairs(limits).map(([name, value]) => (
                <span key={name}>
                  <small>{name}</small> {value}
                </span>
              ))}
            </dd>
          </>
        )}
        <dt>{messages.input}</dt>
        <dd>
          <JsonView value={preview.input} label={messages.input} />
        </dd>
      </dl>
    </section>
  );
}

/** What bounds a start, as names with their values; what is not limited has none. */
function pairs(of: object, within = ""): [string, string][] {
  const { used, ...said } = of as Record<string, unknown>;
  const entries = Object.entries(said).flatMap(([name, value]): [string, string][] => {
    if (value === null) return [];
    if (typeof value === "object") return pairs(value, `${name} `);
    return [[within + name, String(value)]];
  });
  return entries.length > 0 && typeof used === "number" ? [...entries, [`${within}used`, String(used)]] : entries;
}
