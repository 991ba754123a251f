import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { firstInput, type Input, InputEditor, readInput } from "../form/InputEditor";
import { messages } from "../messages";
import { Dialog } from "../parts/Dialog";
import { ProblemNote } from "../parts/ProblemNote";
import { call, freshKey, ProblemError } from "../service/call";
import { taskQuery } from "../service/queries";
import type { Execution, Task, Violation } from "../service/types";

/** Does an ended execution again, on its own version or the newest, with its input or another. */
export function RerunDialog({ execution, onClose }: { execution: Execution; onClose: () => void }) {
  const [newest, setNewest] = useState(false);
  const task = useQuery(taskQuery(execution.task.id, newest ? undefined : execution.task.version));
  return (
    <Dialog title={messages.rerunTitle} wide onClose={onClose}>
      <label className="beside">
        {messages.version}
        <select value={newest ? "newest" : "same"} onChange={(event) => setNewest(event.target.value === "newest")}>
          <option value="same">{messages.rerunOld(execution.task.version)}</option>
          <option value="newest">{messages.rerunNewest}</option>
        </select>
      </label>
      {task.error !== null && <ProblemNote error={task.error} />}
      {task.data !== undefined && (
        <RerunForm
          key={task.data.task.version}
          execution={execution}
          task={task.data.task}
          newest={newest}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

const NONE: readonly Violation[] = [];

function RerunForm({
  execution,
  task,
  newest,
  onClose,
}: {
  execution: Execution;
  task: Task;
  newest: boolean;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const [input, setInput] = useState<Input>(() => firstInput(task["inputSchema"], execution.input));
  const [key, setKey] = useState(freshKey);
  const rerun = useMutation({
    mutationFn: async () => {
      const read = readInput(input);
      if ("fault" in read) throw new Error(`${messages.inputWrong}: ${read.fault}`);
      const answer = await call<{ id: string }>(`/executions/${execution.id}/rerun`, {
        method: "POST",
        json: { input: read.value ?? {}, ...(newest && { version: "latest" }) },
        headers: { "Idempotency-Key": key },
      });
      return answer.data;
    },
    onSuccess: async ({ id }) => {
      onClose();
      await navigate({ to: "/executions/$id", params: { id } });
    },
    onError: (error) => {
      if (error instanceof ProblemError) setKey(freshKey()); // it was answered: the next one is another
    },
  });
  const errors = rerun.error instanceof ProblemError ? (rerun.error.problem.errors ?? NONE) : NONE;
  return (
    <>
      <InputEditor
        schema={task["inputSchema"]}
        input={input}
        errors={errors}
        onChange={(next) => {
          setInput(next);
          rerun.reset();
        }}
        onSubmit={() => rerun.mutate()}
      />
      {rerun.error !== null &&
        (rerun.error.constructor === Error ? (
          <p role="alert" className="note bad">
            {rerun.error.message}
          </p>
        ) : (
          <ProblemNote error={rerun.error} />
        ))}
      <div className="actions">
        <button type="button" onClick={onClose}>
          {messages.cancelDialog}
        </button>
        <button type="button" className="primary" disabled={rerun.isPending} onClick={() => rerun.mutate()}>
          {messages.rerun}
        </button>
      </div>
    </>
  );
}
