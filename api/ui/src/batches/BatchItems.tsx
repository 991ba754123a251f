import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { ProblemNote } from "../parts/ProblemNote";
import { batchItemsQuery, isOver, ITEM_STATUSES, type ItemStatus } from "../service/batches";
import type { Batch, BatchItem } from "../service/types";

const route = getRouteApi("/batches/$id");

const TONES: Readonly<Record<ItemStatus, string>> = {
  PENDING: "s-received",
  SUCCEEDED: "s-completed",
  FAILED: "s-failed",
  SKIPPED: "s-waiting",
};

/** What came of each execution; which ones are listed stands in the address. */
export function BatchItems({ batch, status }: { batch: Batch; status: ItemStatus | undefined }) {
  const navigate = route.useNavigate();
  const items = useInfiniteQuery(batchItemsQuery(batch.id, status, isOver(batch.state)));
  const rows = items.data?.pages.flatMap((page) => page.items);
  const counts: Record<ItemStatus, number> = {
    PENDING: batch.total - batch.done,
    SUCCEEDED: batch.succeeded,
    FAILED: batch.failed,
    SKIPPED: batch.skipped,
  };
  return (
    <section className="items" aria-label={messages.items}>
      <div className="chips" role="group" aria-label={messages.result}>
        {ITEM_STATUSES.map((each) => (
          <button
            key={each}
            type="button"
            className={`chip ${TONES[each]}`}
            aria-pressed={status === each}
            onClick={() => void navigate({ search: { status: status === each ? undefined : each } })}
          >
            {messages.itemStatuses[each]} {counts[each].toLocaleString("en")}
          </button>
        ))}
      </div>
      {items.error !== null && <ProblemNote error={items.error} />}
      {rows === undefined && items.error === null && <p role="status">{messages.loading}…</p>}
      {rows?.length === 0 && <p className="muted">{messages.noItems}</p>}
      {rows !== undefined && rows.length > 0 && <ItemTable rows={rows} />}
      {items.hasNextPage && (
        <p className="more">
          <button type="button" onClick={() => void items.fetchNextPage()} disabled={items.isFetchingNextPage}>
            {messages.more}
          </button>
        </p>
      )}
    </section>
  );
}

function ItemTable({ rows }: { rows: readonly BatchItem[] }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{messages.result}</th>
            <th scope="col">{messages.execution}</th>
            <th scope="col" className="grows">{messages.why}</th>
            <th scope="col" className="wide-only">{messages.changed}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <tr key={item.number}>
              <td>
                <span className={`status ${TONES[item.status]}`}>{messages.itemStatuses[item.status]}</span>
              </td>
              <td className="nowrap">
                <ExecutionLink id={item.execution} />
              </td>
              <td className="grows">
                {item.problem !== null && (
                  <>
                    <code className={item.status === "FAILED" ? "bad-text" : "muted"}>{item.problem.code}</code>{" "}
                    {shown(item.problem.detail)}
                  </>
                )}
                {item.made !== null && (
                  <>
                    {messages.newExecution} <ExecutionLink id={item.made} />
                  </>
                )}
              </td>
              <td className="wide-only nowrap">{item.at !== null && <Moment at={item.at} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ExecutionLink({ id }: { id: string }) {
  return (
    <Link to="/executions/$id" params={{ id }} title={id}>
      <code>{id.slice(-8)}</code>
    </Link>
  );
}
