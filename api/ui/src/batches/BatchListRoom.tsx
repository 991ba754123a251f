import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Empty } from "../parts/Empty";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { BATCH_STATES, batchesQuery } from "../service/batches";
import type { Batch } from "../service/types";
import { useTitle } from "../shell/title";
import { BatchProgress } from "./BatchProgress";
import { BatchStateBadge } from "./BatchStateBadge";

const route = getRouteApi("/batches");

/** The batches of the project, the newest first. */
export function BatchListRoom() {
  useTitle(messages.batches);
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const batches = useInfiniteQuery(batchesQuery(state));
  const items = batches.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div className="room-head">
        <h1>{messages.batches}</h1>
        <span className={batches.isError ? "live off" : "live"}>{messages.live}</span>
      </div>
      <div className="filters">
        <select
          aria-label={messages.state}
          value={state ?? ""}
          onChange={({ target: { value } }) =>
            void navigate({ search: { state: BATCH_STATES.find((each) => each === value) } })
          }
        >
          <option value="">{messages.anyState}</option>
          {BATCH_STATES.map((each) => (
            <option key={each} value={each}>
              {messages.batchStates[each]}
            </option>
          ))}
        </select>
      </div>
      {batches.error !== null && <ProblemNote error={batches.error} />}
      {items === undefined && batches.error === null && <p role="status">{messages.loading}…</p>}
      {items?.length === 0 && (state === undefined ? <NoBatches /> : <Empty title={messages.noBatchesInState} />)}
      {items !== undefined && items.length > 0 && <BatchTable items={items} />}
      {batches.hasNextPage && (
        <p className="more">
          <button type="button" onClick={() => void batches.fetchNextPage()} disabled={batches.isFetchingNextPage}>
            {messages.more}
          </button>
        </p>
      )}
    </>
  );
}

function BatchTable({ items }: { items: readonly Batch[] }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{messages.state}</th>
            <th scope="col" className="grows">{messages.batch}</th>
            <th scope="col">{messages.progress}</th>
            <th scope="col" className="wide-only">{messages.itemStatuses["FAILED"]}</th>
            <th scope="col" className="wide-only">{messages.started}</th>
            <th scope="col" className="wide-only">{messages.author}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((batch) => (
            <tr key={batch.id}>
              <td>
                <BatchStateBadge state={batch.state} />
              </td>
              <td className="main-cell grows">
                <Link to="/batches/$id" params={{ id: batch.id }} className="strong">
                  {shown(batch.name)}
                </Link>
                <small className="muted">{messages.operations[batch.operation]}</small>
              </td>
              <td className="nowrap">
                <BatchProgress batch={batch} />
              </td>
              <td className={batch.failed > 0 ? "wide-only number bad-text" : "wide-only number"}>{batch.failed}</td>
              <td className="wide-only nowrap">
                <Moment at={batch.createdAt} />
              </td>
              <td className="wide-only muted">{shown(batch.createdBy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NoBatches() {
  return (
    <Empty title={messages.noBatches}>
      <p>{messages.noBatchesText}</p>
      <p>{messages.noBatchesHow}</p>
      <p>
        <Link to="/executions">{messages.gotoExecutions}</Link>
      </p>
    </Empty>
  );
}
