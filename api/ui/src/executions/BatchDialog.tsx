import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { Dialog } from "../parts/Dialog";
import { ProblemNote } from "../parts/ProblemNote";
import { StatusBadge } from "../parts/StatusBadge";
import { type BatchPreview, type OperationName, OPERATIONS } from "../service/batches";
import { call, freshKey, ProblemError } from "../service/call";
import type { ExecutionFilters } from "../service/queries";
import type { Batch } from "../service/types";
import { BatchParameters } from "./BatchParameters";
import { HARMFUL } from "./controls";
import { PLAIN, parametersOf, type Wishes } from "./wishes";

/** The most executions of one batch. */
const MOST = 100_000;
const SHOWN = 5;

/** Which executions are meant: those with these ids, or all that fit. */
export type Selection = { executions: readonly string[] } | { filter: ExecutionFilters };

/** Asks what is done to many executions, says how many those are, and begins it as a batch. */
export function BatchDialog({
  selection,
  operation: first,
  onClose,
}: {
  selection: Selection;
  operation: OperationName;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [operation, setOperation] = useState(first);
  const [wishes, setWishes] = useState<Wishes>(PLAIN);
  // One key for one batch: pressed twice, or repeated after a lost answer, it is made once.
  const [key, setKey] = useState(freshKey);
  const count = useQuery({
    queryKey: ["batch-preview", operation, selection],
    queryFn: async ({ signal }) =>
      (
        await call<BatchPreview>("/batches/preview", {
          method: "POST",
          // What a priority would be changes nothing about how many there are.
          json: { operation, ...selection, ...(operation === "priority" && { parameters: { priority: 3 } }) },
          signal,
        })
      ).data,
    staleTime: 0,
    gcTime: 0,
  });
  const begin = useMutation({
    mutationFn: async (expected: number) =>
      (
        await call<Batch>("/batches", {
          method: "POST",
          headers: { "Idempotency-Key": key },
          json: {
            operation,
            ...selection,
            parameters: parametersOf(operation, wishes),
            ...(wishes.name.trim() !== "" && { name: wishes.name.trim() }),
            ...(wishes.rate !== "" && { rate: Number(wishes.rate) }),
            expected,
          },
        })
      ).data,
    onSuccess: async (batch) => {
      void client.invalidateQueries({ queryKey: ["batches"] });
      void client.invalidateQueries({ queryKey: ["executions"] });
      await navigate({ to: "/batches/$id", params: { id: batch.id } });
    },
    onError: (error) => {
      if (!(error instanceof ProblemError)) return;
      setKey(freshKey()); // it was answered: the next one is another
      if (error.problem.code === "COUNT_DIFFERS") void count.refetch();
    },
  });

  function change(next: Wishes): void {
    setWishes(next);
    begin.reset();
    setKey(freshKey());
  }

  const found = count.data;
  return (
    <Dialog title={messages.manyTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (found !== undefined) begin.mutate(found.count);
        }}
      >
        <label>
          {messages.operation}
          <select
            value={operation}
            onChange={(event) => {
              setOperation(event.target.value as OperationName);
              change(wishes);
            }}
          >
            {OPERATIONS.map((each) => (
              <option key={each} value={each}>
                {messages.operations[each]}
              </option>
            ))}
          </select>
          <small>{messages.operationMeans[operation]}</small>
        </label>
        <BatchParameters operation={operation} wishes={wishes} onChange={change} />
        {count.error !== null && <ProblemNote error={count.error} />}
        {found === undefined && count.error === null && <p role="status">{messages.counting}…</p>}
        {found !== undefined && <Count preview={found} />}
        {begin.error !== null && <Refusal error={begin.error} />}
        <div className="actions">
          <button type="button" onClick={onClose}>
            {messages.cancelDialog}
          </button>
          <button
            type="submit"
            className={HARMFUL.has(operation) ? "danger" : "primary"}
            disabled={
              found === undefined || found.count === 0 || found.tooMany || count.isFetching || begin.isPending
            }
          >
            {messages.goAhead(messages.operations[operation]!, found?.count ?? 0)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Refusal({ error }: { error: Error }) {
  if (error instanceof SyntaxError) {
    return (
      <p role="alert" className="note bad">
        {messages.inputWrong}: {error.message}
      </p>
    );
  }
  const differs = error instanceof ProblemError && error.problem.code === "COUNT_DIFFERS";
  return differs ? (
    <p role="alert" className="note warn">
      {messages.countDiffers}
    </p>
  ) : (
    <ProblemNote error={error} />
  );
}

/** How many there are, and the newest of them. */
function Count({ preview }: { preview: BatchPreview }) {
  const { count, fitting, tooMany, sample } = preview;
  const few = sample.slice(0, SHOWN);
  return (
    <section className="panel">
      <p role="status">
        {count === 0 ? (
          messages.noneFits
        ) : (
          <>
            <strong>{messages.wouldTouch(count)}</strong> {messages.wouldDo(fitting, count)}
          </>
        )}
      </p>
      {tooMany && <p className="bad-text">{messages.tooMany(MOST)}</p>}
      <ul className="sample">
        {few.map((execution) => (
          <li key={execution.id}>
            <span>
              {execution.task.name} <small>{execution.id.slice(-8)}</small>
            </span>
            <StatusBadge status={execution.status} />
          </li>
        ))}
      </ul>
      {count > few.length && few.length > 0 && <p className="muted">{messages.andOthers(count - few.length)}</p>}
    </section>
  );
}
