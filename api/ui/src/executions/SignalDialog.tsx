import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messages } from "../messages";
import { Dialog } from "../parts/Dialog";
import { DialogEnd } from "../parts/DialogEnd";
import { call, freshKey } from "../service/call";
import type { Execution } from "../service/types";

/** Asks which signal is sent and with what, and sends it. */
export function SignalDialog({ execution, onClose }: { execution: Execution; onClose: () => void }) {
  const client = useQueryClient();
  const { declared, awaited } = execution.signals ?? { declared: [], awaited: [] };
  const [name, setName] = useState(awaited[0] ?? declared[0] ?? "");
  const [payload, setPayload] = useState("null");
  const [key, setKey] = useState(freshKey);
  const send = useMutation({
    mutationFn: async () =>
      call(`/executions/${execution.id}/signals/${name}`, {
        method: "POST",
        headers: { "Idempotency-Key": key },
        json: { payload: JSON.parse(payload) as unknown },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["execution", execution.id] });
      onClose();
    },
  });
  /** Another signal is another one, under a key of its own. */
  const changed = (change: () => void): void => {
    setKey(freshKey());
    change();
  };
  return (
    <Dialog title={messages.signalTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <p>{messages.signalText}</p>
        <label>
          {messages.signal}
          <select value={name} onChange={(event) => changed(() => setName(event.target.value))}>
            {declared.map((each) => (
              <option key={each} value={each}>
                {awaited.includes(each) ? messages.awaited(each) : each}
              </option>
            ))}
          </select>
        </label>
        <label>
          {messages.signalPayload}
          <textarea
            rows={6}
            spellCheck={false}
            value={payload}
            onChange={(event) => changed(() => setPayload(event.target.value))}
          />
        </label>
        <DialogEnd error={send.error} yes={messages.sendSignal} pending={send.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}
