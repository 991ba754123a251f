import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { messages } from "../messages";
import type { Status } from "../service/types";
import { type ExecutionSearch, readSearch, type Span, STATUSES } from "./filters";

const route = getRouteApi("/executions");
const TYPED = 300;

/** Sets what stands in the address. */
export function FilterBar({ search }: { search: ExecutionSearch }) {
  const navigate = route.useNavigate();

  function change(part: Partial<ExecutionSearch>, replace = false): void {
    void navigate({ search: (old) => readSearch({ ...old, ...part }), replace });
  }

  function toggle(status: Status): void {
    change({ status: search.status === status ? undefined : status });
  }

  return (
    <div className="filters" role="search" aria-label={messages.executions}>
      <Typed
        label={messages.searchExecutions}
        value={search.q ?? ""}
        onSettled={(q) => change({ q: q === "" ? undefined : q }, true)}
      />
      <Typed
        label={messages.task}
        value={search.task ?? ""}
        onSettled={(task) => change({ task: task === "" ? undefined : task }, true)}
      />
      <LabelInput onAdd={(label) => change({ label: [...(search.label ?? []), label] })} />
      <select
        aria-label={messages.period}
        value={search.within ?? ""}
        onChange={(event) => {
          const within = event.target.value as Span | "";
          change({ within: within === "" ? undefined : within, since: undefined, until: undefined });
        }}
      >
        <option value="">{messages.anyTime}</option>
        <option value="1h">{messages.lastHour}</option>
        <option value="24h">{messages.lastDay}</option>
        <option value="7d">{messages.lastWeek}</option>
      </select>
      <div className="chips" role="group" aria-label={messages.status}>
        {STATUSES.map((status) => (
          <button
            key={status}
            type="button"
            className={`chip s-${status.toLowerCase()}`}
            aria-pressed={search.status === status}
            onClick={() => toggle(status)}
          >
            {messages.statuses[status]}
          </button>
        ))}
        {search.label?.map((label) => (
          <button
            key={label}
            type="button"
            className="chip"
            aria-pressed="true"
            onClick={() => {
              const rest = search.label!.filter((each) => each !== label);
              change({ label: rest.length > 0 ? rest : undefined });
            }}
          >
            {label} ×
          </button>
        ))}
        {(search.since ?? search.until) !== undefined && (
          <button
            type="button"
            className="chip"
            aria-pressed="true"
            onClick={() => change({ since: undefined, until: undefined })}
          >
            {search.since ?? "…"} – {search.until ?? "…"} ×
          </button>
        )}
        {Object.keys(search).length > 0 && (
          <button type="button" className="link" onClick={() => void navigate({ search: {} })}>
            {messages.clearFilters}
          </button>
        )}
      </div>
    </div>
  );
}

function Typed({ label, value, onSettled }: { label: string; value: string; onSettled: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value); // the address changed by itself: back, or a link
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => onSettled(typed.trim()), TYPED);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a new closure is no new wish
  }, [typed, value]);
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

function LabelInput({ onAdd }: { onAdd: (label: string) => void }) {
  const [typed, setTyped] = useState("");
  return (
    <input
      aria-label={messages.labelFilter}
      placeholder={`${messages.labelFilter} ${messages.labelFilterHint}`}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !/^[^=]+=./.test(typed.trim())) return;
        onAdd(typed.trim());
        setTyped("");
      }}
    />
  );
}
