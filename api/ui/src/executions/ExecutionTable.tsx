import { Link } from "@tanstack/react-router";
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  type RowSelectionState,
  useReactTable,
} from "@tanstack/react-table";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Moment } from "../parts/Moment";
import { StatusBadge } from "../parts/StatusBadge";
import { millisOf, span } from "../parts/time";
import { type ExecutionBrief, hasEnded } from "../service/types";
import { readSearch } from "./filters";
import { ProgressBar } from "./ProgressBar";
import { useNow } from "./useNow";

const columns: ColumnDef<ExecutionBrief>[] = [
  {
    id: "select",
    header: ({ table }) => (
      <input
        type="checkbox"
        aria-label={messages.selectAll}
        checked={table.getIsAllRowsSelected()}
        ref={(box) => {
          if (box !== null) box.indeterminate = table.getIsSomeRowsSelected();
        }}
        onChange={table.getToggleAllRowsSelectedHandler()}
      />
    ),
    cell: ({ row }) => (
      <input
        type="checkbox"
        aria-label={messages.select(row.original.id)}
        checked={row.getIsSelected()}
        onChange={row.getToggleSelectedHandler()}
      />
    ),
    meta: { className: "narrow" },
  },
  {
    id: "status",
    header: messages.status,
    cell: ({ row }) => <StatusBadge status={row.original.status} />,
  },
  {
    id: "task",
    header: messages.execution,
    cell: ({ row: { original } }) => (
      <Link to="/executions/$id" params={{ id: original.id }} className="strong" title={original.id}>
        {original.task.name} <small>{original.id.slice(-8)}</small>
      </Link>
    ),
    meta: { className: "main-cell" },
  },
  {
    id: "version",
    header: messages.version,
    cell: ({ row }) => messages.versionN(row.original.task.version),
    meta: { className: "wide-only" },
  },
  {
    id: "accepted",
    header: messages.accepted,
    cell: ({ row }) => <Moment at={row.original.acceptedAt} />,
    meta: { className: "nowrap" },
  },
  {
    id: "duration",
    header: messages.duration,
    cell: ({ row, table }) => duration(row.original, (table.options.meta as { now: number }).now),
    meta: { className: "nowrap wide-only number" },
  },
  {
    id: "result",
    header: messages.result,
    cell: ({ row: { original } }) => <Result of={original} />,
    meta: { className: "wide-only grows cut" },
  },
];

/** Executions, to look at and to choose from. */
export function ExecutionTable({
  items,
  selected,
  onSelect,
}: {
  items: ExecutionBrief[];
  selected: RowSelectionState;
  onSelect: (selected: RowSelectionState) => void;
}) {
  const now = useNow(items.some((item) => !hasEnded(item.status)));
  const table = useReactTable({
    data: items,
    columns,
    getRowId: (item) => item.id,
    getCoreRowModel: getCoreRowModel(),
    state: { rowSelection: selected },
    onRowSelectionChange: (change) =>
      onSelect(typeof change === "function" ? change(selected) : change),
    meta: { now },
  });
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            {table.getFlatHeaders().map((header) => (
              <th key={header.id} scope="col" className={classOf(header.column.columnDef)}>
                {flexRender(header.column.columnDef.header, header.getContext())}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className={row.getIsSelected() ? "chosen" : undefined}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={classOf(cell.column.columnDef)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(column: ColumnDef<ExecutionBrief>): string | undefined {
  return (column.meta as { className?: string } | undefined)?.className;
}

function duration({ executionMetadata }: ExecutionBrief, now: number): string {
  const { startTime, duration: whole } = executionMetadata;
  if (whole !== null) return span(millisOf(whole));
  return startTime === null ? "" : span(now - Date.parse(startTime));
}

function Result({ of }: { of: ExecutionBrief }) {
  if (of.failure !== null) {
    return (
      <span title={shown(of.failure.message)}>
        <code className="bad-text">{of.failure.code}</code> {shown(of.failure.message)}
      </span>
    );
  }
  if (of.progress !== null && !hasEnded(of.status)) {
    return <ProgressBar fraction={of.progress.fraction} message={of.progress.message} small />;
  }
  return <Labels of={of.labels} />;
}

function Labels({ of }: { of: Record<string, string> }) {
  return (
    <span className="labels">
      {Object.entries(of).map(([name, value]) => (
        <Link
          key={name}
          to="/executions"
          search={(old) => readSearch({ ...old, label: [`${name}=${value}`] })}
          className="tag"
        >
          {shown(`${name}=${value}`)}
        </Link>
      ))}
    </span>
  );
}
