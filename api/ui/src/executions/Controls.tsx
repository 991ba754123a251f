import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { ProblemNote } from "../parts/ProblemNote";
import { call, freshKey } from "../service/call";
import type { Execution } from "../service/types";
import { useCaller } from "../shell/caller";
import { CommandDialog } from "./CommandDialog";
import { type CommandName, COMMANDS, type ControlName, CONTROLS, HARMFUL } from "./controls";
import { RepairDialog } from "./RepairDialog";
import { RerunDialog } from "./RerunDialog";
import { SignalDialog } from "./SignalDialog";

/** The commands that fit what the execution is doing and what the person may do. */
export function Controls({ execution }: { execution: Execution }) {
  const { permissions } = useCaller();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<CommandName | "rerun" | "signal" | "repair" | null>(null);
  const [retryKey] = useState(freshKey);
  const retry = useMutation({
    mutationFn: async () =>
      (
        await call<{ id: string }>(`/executions/${execution.id}/retry`, {
          method: "POST",
          headers: { "Idempotency-Key": retryKey },
        })
      ).data,
    onSuccess: ({ id }) => navigate({ to: "/executions/$id", params: { id } }),
  });
  const offers = (name: ControlName): boolean =>
    !(execution.dryRun && (name === "retry" || name === "rerun")) &&
    permissions.includes(CONTROLS[name].permission) && CONTROLS[name].fits(execution.status);
  const close = (): void => setAsking(null);
  return (
    <div className="controls">
      {COMMANDS.filter(offers).map((name) => (
        <button
          key={name}
          type="button"
          className={HARMFUL.has(name) ? "danger" : undefined}
          disabled={name === "cancel" && execution.cancellation !== null}
          onClick={() => setAsking(name)}
        >
          {messages[name]}
        </button>
      ))}
      {execution.signals !== null && offers("signal") && (
        <button
          type="button"
          className={execution.signals.awaited.length > 0 ? "primary" : undefined}
          onClick={() => setAsking("signal")}
        >
          {messages.signal}…
        </button>
      )}
      {offers("retry") && (
        <button type="button" className="primary" disabled={retry.isPending} onClick={() => retry.mutate()}>
          {messages.retry}
        </button>
      )}
      {offers("rerun") && (
        <button type="button" onClick={() => setAsking("rerun")}>
          {messages.rerun}…
        </button>
      )}
      {offers("repair") && (
        <button type="button" className="quiet" onClick={() => setAsking("repair")}>
          {messages.repair}…
        </button>
      )}
      {retry.error !== null && <ProblemNote error={retry.error} />}
      {asking === "rerun" && <RerunDialog execution={execution} onClose={close} />}
      {asking === "signal" && <SignalDialog execution={execution} onClose={close} />}
      {asking === "repair" && <RepairDialog execution={execution} onClose={close} />}
      {asking !== null && asking !== "rerun" && asking !== "signal" && asking !== "repair" && (
        <CommandDialog execution={execution} name={asking} onClose={close} />
      )}
    </div>
  );
}
