import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { messages } from "../messages";
import { Empty } from "../parts/Empty";
import { ProblemNote } from "../parts/ProblemNote";
import { type ExecutionFilters, executionsQuery } from "../service/queries";
import type { ExecutionBrief } from "../service/types";
import { useMay } from "../shell/caller";
import { useTitle } from "../shell/title";
import { BatchDialog } from "./BatchDialog";
import { BulkBar } from "./BulkBar";
import { ExecutionTable } from "./ExecutionTable";
import { FilterBar } from "./FilterBar";
import { toFilters } from "./filters";

const route = getRouteApi("/executions");

/** The executions of the project, the newest first; which ones is in the address. */
export function ExecutionListRoom() {
  useTitle(messages.executions);
  const search = route.useSearch();
  const filters = useMemo(() => toFilters(search, Date.now()), [search]);
  const executions = useInfiniteQuery(executionsQuery(filters));
  const [selected, setSelected] = useState<Readonly<Record<string, boolean>>>({});
  const items = useMemo(() => unique(executions.data?.pages.flatMap((page) => page.items)), [executions.data]);
  const chosen = items?.filter((item) => selected[item.id] === true) ?? [];
  const mayControl = useMay("CONTROL_EXECUTIONS");
  // The filters as they were when the dialog opened: a span counts from then.
  const [all, setAll] = useState<ExecutionFilters | null>(null);
  const filtered = Object.keys(search).length > 0;
  return (
    <>
      <div className="room-head">
        <h1>{messages.executions}</h1>
        <span className={executions.isError ? "live off" : "live"}>{messages.live}</span>
        {mayControl && items !== undefined && items.length > 0 && (
          <button type="button" onClick={() => setAll(filters)}>
            {messages.allThatFit}
          </button>
        )}
      </div>
      <FilterBar search={search} />
      {executions.error !== null && <ProblemNote error={executions.error} />}
      {items === undefined && executions.error === null && <p role="status">{messages.loading}…</p>}
      {items?.length === 0 && (filtered ? <Empty title={messages.noExecutionsFound} /> : <NoExecutions />)}
      {items !== undefined && items.length > 0 && (
        <ExecutionTable items={items} selected={selected} onSelect={setSelected} />
      )}
      {chosen.length > 0 && <BulkBar chosen={chosen} onClear={() => setSelected({})} />}
      {all !== null && (
        <BatchDialog
          selection={{ filter: all }}
          operation={search.status === "FAILED" || search.status === "CANCELLED" ? "retry" : "cancel"}
          onClose={() => setAll(null)}
        />
      )}
      {executions.hasNextPage && (
        <p className="more">
          <button
            type="button"
            onClick={() => void executions.fetchNextPage()}
            disabled={executions.isFetchingNextPage}
          >
            {messages.more}
          </button>
        </p>
      )}
    </>
  );
}

/** New executions push others to the next page, so that one may come twice. */
function unique(items: ExecutionBrief[] | undefined): ExecutionBrief[] | undefined {
  return items && [...new Map(items.map((item) => [item.id, item])).values()];
}

function NoExecutions() {
  return (
    <Empty title={messages.noExecutions}>
      <p>{messages.noExecutionsText}</p>
      <p>
        <Link to="/tasks">{messages.gotoTasks}</Link>
      </p>
    </Empty>
  );
}
