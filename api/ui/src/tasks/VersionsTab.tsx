import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { type TaggedTask, versionsQuery } from "../service/queries";
import type { TaskBrief } from "../service/types";
import type { Edition, TaggedDraft } from "../service/versions";
import { Comparison } from "./Comparison";
import { VersionActions } from "./VersionActions";

const route = getRouteApi("/tasks/$task");

/** All versions: what each is, what differs between any two, the way back to one. */
export function VersionsTab({ newest, draft }: { newest: TaggedTask; draft: TaggedDraft | null }) {
  const { from, to } = route.useSearch();
  const { task } = newest;
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
              <th scope="col" className="wide-only">{messages.author}</th>
              <th scope="col" className="wide-only">{messages.note}</th>
              <th scope="col">{messages.differences}</th>
            </tr>
          </thead>
          <tbody>
            {versions.data.items.map((version) => (
              <Row key={version.version} version={version} newest={newest} />
            ))}
          </tbody>
        </table>
      </div>
      {(task.version > 1 || draft !== null) && (
        <Choice
          editions={[...(draft === null ? [] : ["draft" as const]), ...versions.data.items.map((each) => each.version)]}
          from={from}
          to={to}
        />
      )}
      {from !== undefined && to !== undefined && from !== to && (
        <Comparison key={`${from} ${to}`} name={task.name} from={from} to={to} />
      )}
    </>
  );
}

function Row({ version, newest }: { version: TaskBrief; newest: TaggedTask }) {
  const { version: number, archived, origin, note } = version;
  return (
    <tr>
      <td className="main-cell">
        <Link to="." search={{ version: number }} className="strong">
          {messages.versionN(number)}
        </Link>{" "}
        {number === newest.task.version && <small className="tag">{messages.newest}</small>}{" "}
        {origin?.kind === "rollback" && <small className="tag">{messages.likeVersion(origin.version ?? 0)}</small>}{" "}
        {archived !== undefined && (
          <small className="tag" title={messages.archivedBy(archived.by)}>
            {messages.archived}
          </small>
        )}
      </td>
      <td className="nowrap">
        <Moment at={version.createdAt} />
      </td>
      <td className="wide-only muted nowrap">{version.createdBy}</td>
      <td className="wide-only version-note">{shown(note ?? "")}</td>
      <td>
        <span className="row-actions">
          {number > 1 && (
            <Link
              to="."
              search={{ tab: "versions" as const, from: number - 1, to: number }}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {messages.compareWith(number - 1)}
            </Link>
          )}
          {number !== newest.task.version && <VersionActions version={version} newest={newest} />}
        </span>
      </td>
    </tr>
  );
}

function nameOf(edition: Edition): string {
  return edition === "draft" ? messages.draft : messages.versionN(edition);
}

/** Which two are compared; it stands in the address. */
function Choice({ editions, from, to }: { editions: Edition[]; from?: number | undefined; to?: Edition | undefined }) {
  const navigate = route.useNavigate();
  const choose = (part: { from?: number; to?: Edition }): void =>
    void navigate({ search: { tab: "versions", from, to, ...part } });
  return (
    <div className="bar">
      <label className="beside">
        {messages.compareFrom}
        <select value={from ?? ""} onChange={(event) => choose({ from: Number(event.target.value) })}>
          <option value="" disabled>
            …
          </option>
          {editions.map((each) => each !== "draft" && <option key={each} value={each}>{nameOf(each)}</option>)}
        </select>
      </label>
      <label className="beside">
        {messages.compareTo}
        <select
          value={to ?? ""}
          onChange={({ target: { value } }) => choose({ to: value === "draft" ? "draft" : Number(value) })}
        >
          <option value="" disabled>
            …
          </option>
          {editions.map((each) => (
            <option key={each} value={each}>
              {nameOf(each)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
