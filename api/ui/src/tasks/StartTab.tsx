import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { firstInput, type Input, InputEditor, readInput } from "../form/InputEditor";
import { messages } from "../messages";
import { ProblemNote } from "../parts/ProblemNote";
import { call, freshKey, ProblemError } from "../service/call";
import type { Task, Violation } from "../service/types";
import { DryRunPanel, type Tried } from "./DryRunPanel";
import { readLabels } from "./labels";
import { type Preview, PreviewPanel } from "./PreviewPanel";

interface Options {
  startAt: string;
  priority: string;
  labels: string;
  cache: "use" | "refresh" | "bypass";
}

const PLAIN: Options = { startAt: "", priority: "3", labels: "", cache: "use" };

/** Starts the task, after a look at what that would do if one likes. */
export function StartTab({ task, newest }: { task: Task; newest: number }) {
  const navigate = useNavigate();
  const [input, setInput] = useState<Input>(() => firstInput(task["inputSchema"], undefined));
  const [options, setOptions] = useState(PLAIN);
  // One key for one start: pressed twice, or repeated after a lost answer, it starts once.
  const [key, setKey] = useState(freshKey);

  function given(): unknown {
    const read = readInput(input);
    if ("fault" in read) throw new Error(`${messages.inputWrong}: ${read.fault}`);
    return read.value ?? {};
  }

  function body(): Record<string, unknown> {
    const labels = readLabels(options.labels);
    if (labels === null) throw new Error(messages.labelsWrong);
    return {
      input: given(),
      ...(task.version !== newest && { version: task.version }),
      ...(options.startAt !== "" && { startAt: new Date(options.startAt).toISOString() }),
      ...(options.priority !== "3" && { priority: Number(options.priority) }),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(options.cache !== "use" && { cache: options.cache }),
    };
  }

  const preview = useMutation({
    mutationFn: async () =>
      (await call<Preview>(`/tasks/${task.id}/preview`, { method: "POST", json: body() })).data,
  });
  const dry = useMutation({
    mutationFn: async () =>
      (
        await call<Tried>(`/tasks/${task.id}/dry-run`, {
          method: "POST",
          json: { input: given(), ...(task.version !== newest && { version: task.version }) },
        })
      ).data,
    onMutate: () => preview.reset(),
  });
  const start = useMutation({
    mutationFn: async () =>
      (
        await call<{ id: string }>(`/tasks/${task.id}/executions`, {
          method: "POST",
          json: body(),
          headers: { "Idempotency-Key": key },
        })
      ).data,
    onSuccess: ({ id }) => navigate({ to: "/executions/$id", params: { id } }),
    onError: (error) => {
      if (error instanceof ProblemError) setKey(freshKey()); // it was answered: the next one is another
    },
  });

  function changed(): void {
    preview.reset();
    dry.reset();
    start.reset();
    setKey(freshKey());
  }

  function change(part: Partial<Options>): void {
    setOptions({ ...options, ...part });
    changed();
  }

  const refused = [start.error, dry.error].find((error) => error instanceof ProblemError);
  const refusal = refused?.problem.errors;
  const errors: readonly Violation[] = refusal ?? preview.data?.errors ?? NONE;
  const begin = (): void => start.mutate();
  return (
    <div className="start">
      <div className="start-form">
        <InputEditor
          schema={task["inputSchema"]}
          input={input}
          errors={errors}
          onChange={(next) => {
            if (next.text === input.text && JSON.stringify(next.value) === JSON.stringify(input.value)) return;
            setInput(next);
            changed();
          }}
          onSubmit={begin}
        />
        <form
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            begin();
          }}
        >
          <details className="options">
            <summary>
              {messages.options} <small>{messages.optionsHint}</small>
            </summary>
            <div className="fields">
              <label>
                {messages.startAt}
                <input
                  type="datetime-local"
                  value={options.startAt}
                  onChange={(event) => change({ startAt: event.target.value })}
                />
              </label>
              <label>
                {messages.priority}
                <select value={options.priority} onChange={(event) => change({ priority: event.target.value })}>
                  {["1", "2", "3", "4", "5"].map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
                <small>{messages.priorityHint}</small>
              </label>
              <label>
                {messages.labels}
                <input value={options.labels} onChange={(event) => change({ labels: event.target.value })} />
                <small>{messages.labelsHint}</small>
              </label>
              {task["cache"] !== undefined && (
                <label>
                  {messages.cacheUse}
                  <select
                    value={options.cache}
                    onChange={(event) => change({ cache: event.target.value as Options["cache"] })}
                  >
                    <option value="use">{messages.cacheNormal}</option>
                    <option value="refresh">{messages.cacheRefresh}</option>
                    <option value="bypass">{messages.cacheBypass}</option>
                  </select>
                </label>
              )}
            </div>
          </details>
          <div className="actions">
            <button type="submit" className="primary" disabled={start.isPending}>
              {messages.startTask} {task.name} {messages.versionN(task.version)}
            </button>
            <button
              type="button"
              onClick={() => {
                dry.reset();
                preview.mutate();
              }}
              disabled={preview.isPending}
            >
              {messages.preview}
            </button>
            <button type="button" onClick={() => dry.mutate()} disabled={dry.isPending}>
              {messages.tryOut}
            </button>
          </div>
        </form>
        {start.error !== null && <Refusal error={start.error} />}
        {preview.error !== null && <Refusal error={preview.error} />}
        {dry.error !== null && <Refusal error={dry.error} />}
        {dry.isPending && <p role="status">{messages.trying}…</p>}
      </div>
      {preview.data !== undefined && <PreviewPanel preview={preview.data} />}
      {dry.data !== undefined && <DryRunPanel tried={dry.data} />}
    </div>
  );
}

const NONE: readonly Violation[] = [];

function Refusal({ error }: { error: Error }) {
  return error.constructor === Error ? (
    <p role="alert" className="note bad">
      {error.message}
    </p>
  ) : (
    <ProblemNote error={error} />
  );
}
