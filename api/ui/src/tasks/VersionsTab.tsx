import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { messages } from "../messages";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { taskQuery, versionsQuery } from "../service/queries";
import type { Task } from "../service/types";
import { definitionOf, write } from "./definition";

const Differences = lazy(() => import("../parts/Differences"));
const route = getRouteApi("/tasks/$task");

/** All versions, each beside the one before it when that is asked for. */
export function VersionsTab({ task }: { task: Task }) {
  const { against } = route.useSearch();
  const versions = useQuery(versionsQuery(task.name));
  if (versions.data === undefined) {
    return versions.error === null ? (
      <p role="status">{messages.loading}…</p>
    ) : (
      <ProblemNote error={versions.error} />
    );
  }
  return (
    <>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">{messages.version}</th>
              <th scope="col">{messages.changed}</th>
              <th scope="col" className="grows">{messages.author}</th>
              <th scope="col">{messages.differences}</th>
            </tr>
          </thead>
          <tbody>
            {versions.data.items.map((version) => (
              <tr key={version.version}>
                <td className="main-cell">
                  <Link to="." search={{ version: version.version }} className="strong">
                    {messages.versionN(version.version)}
                  </Link>{" "}
                  {version.version === task.version && <small className="tag">{messages.newest}</small>}
                </td>
                <td className="nowrap">
                  <Moment at={version.createdAt} />
                </td>
                <td className="muted">{version.createdBy}</td>
                <td>
                  {version.version > 1 && (
                    <Link
                      to="."
                      search={{ tab: "versions" as const, against: version.version }}
                      activeOptions={{ exact: true, includeSearch: true }}
                    >
                      {messages.compareWith(version.version - 1)}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {against !== undefined && against > 1 && <Compared name={task.name} version={against} />}
    </>
  );
}

function Compared({ name, version }: { name: string; version: number }) {
  const left = useQuery(taskQuery(name, version - 1));
  const right = useQuery(taskQuery(name, version));
  const error = left.error ?? right.error;
  if (error !== null) return <ProblemNote error={error} />;
  if (left.data === undefined || right.data === undefined) {
    return <p role="status">{messages.loading}…</p>;
  }
  const before = write(definitionOf(left.data.task), "yaml");
  const after = write(definitionOf(right.data.task), "yaml");
  return (
    <section>
      <h2>
        {messages.versionN(version - 1)} → {messages.versionN(version)}
      </h2>
      {before === after ? (
        <p>{messages.noDifferences}</p>
      ) : (
        <Suspense fallback={<p role="status">{messages.loading}…</p>}>
          <Differences left={before} right={after} />
        </Suspense>
      )}
    </section>
  );
}
