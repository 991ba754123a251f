import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { ProblemNote, Violations } from "../parts/ProblemNote";
import { taskQuery } from "../service/queries";
import type { Diff } from "../service/types";
import { diffQuery, draftQuery, type Edition } from "../service/versions";
import { definitionOf, write } from "./definition";

const Differences = lazy(() => import("../parts/Differences"));
const LONGEST = 300;

/** What differs between two versions, or one and the draft, and whether those who rely on the older can rely on the newer. */
export function Comparison({ name, from, to }: { name: string; from: number; to: Edition }) {
  const diff = useQuery(diffQuery(name, from, to));
  if (diff.error !== null) return <ProblemNote error={diff.error} />;
  if (diff.data === undefined) return <p role="status">{messages.loading}…</p>;
  const { changes, complete } = diff.data;
  return (
    <section className="comparison" aria-label={messages.differences}>
      <h2>
        {messages.versionN(from)} → {to === "draft" ? messages.draft : messages.versionN(to)}
      </h2>
      <Judgement diff={diff.data} />
      {changes.length === 0 ? (
        <p>{messages.noDifferences}</p>
      ) : (
        <>
          <h3>{messages.changes(changes.length)}</h3>
          {!complete && <p className="muted">{messages.firstChanges}</p>}
          <Changes of={changes} />
          <Texts name={name} from={from} to={to} />
        </>
      )}
    </section>
  );
}

function Judgement({ diff }: { diff: Diff }) {
  return (
    <dl className="judgement">
      {(["input", "output"] as const).map((side) => (
        <div key={side}>
          <dt>{messages[side]}</dt>
          <dd>
            <strong className={`judged ${diff[side].verdict}`}>{messages.verdicts[diff[side].verdict]}</strong>{" "}
            {messages.verdictMeans[diff[side].verdict]}
            {diff[side].findings.length > 0 && <Violations of={diff[side].findings} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Changes({ of }: { of: Diff["changes"] }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{messages.place}</th>
            <th scope="col">{messages.before}</th>
            <th scope="col">{messages.afterwards}</th>
          </tr>
        </thead>
        <tbody>
          {of.map((change) => (
            <tr key={change.pointer}>
              <td className="place">
                <code>{messages.atPointer(shown(change.pointer))}</code> <small>{messages.kinds[change.kind]}</small>
              </td>
              <td>
                <Value of={change.from} />
              </td>
              <td>
                <Value of={change.to} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ of }: { of: unknown }) {
  if (of === undefined) return null;
  const text = JSON.stringify(of);
  return <code className="value">{shown(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)}</code>;
}

/** Both definitions whole, side by side. */
function Texts({ name, from, to }: { name: string; from: number; to: Edition }) {
  const left = useQuery(taskQuery(name, from));
  const version = useQuery({ ...taskQuery(name, to === "draft" ? undefined : to), enabled: to !== "draft" });
  const draft = useQuery({ ...draftQuery(name), enabled: to === "draft" });
  const right = to === "draft" ? draft.data?.draft.definition : version.data && definitionOf(version.data.task);
  const error = left.error ?? version.error ?? draft.error;
  if (error !== null) return <ProblemNote error={error} />;
  if (left.data === undefined || right === undefined) return <p role="status">{messages.loading}…</p>;
  return (
    <Suspense fallback={<p role="status">{messages.loading}…</p>}>
      <Differences left={write(definitionOf(left.data.task), "yaml")} right={write(right, "yaml")} />
    </Suspense>
  );
}
