import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messages } from "../messages";
import { Dialog } from "../parts/Dialog";
import { DialogEnd } from "../parts/DialogEnd";
import { call } from "../service/call";
import type { Execution } from "../service/types";
import { type CommandName, HARMFUL } from "./controls";

const LONGEST_REASON = 1000;

/** Says what the command does, asks for what it needs and for a reason, and sends it. */
export function CommandDialog({
  execution,
  name,
  onClose,
}: {
  execution: Execution;
  name: CommandName;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [priority, setPriority] = useState(execution.priority);
  const [output, setOutput] = useState("{}");
  const { title, text, yes } = messages.commands[name];
  const send = useMutation({
    mutationFn: () =>
      call(`/executions/${execution.id}/${name}`, {
        method: "POST",
        json: {
          ...(reason.trim() !== "" && { reason: reason.trim() }),
          ...(name === "priority" && { priority }),
          ...(name === "skip" && { output: parsed(output) }),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["execution", execution.id] });
      onClose();
    },
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <p>{text}</p>
        {name === "priority" && (
          <label>
            {messages.priority}
            <select value={priority} onChange={(event) => setPriority(Number(event.target.value))}>
              {[1, 2, 3, 4, 5].map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
        )}
        {name === "skip" && (
          <label>
            {messages.output}
            <textarea rows={6} spellCheck={false} value={output} onChange={(event) => setOutput(event.target.value)} />
          </label>
        )}
        <label>
          {messages.reason}
          <input value={reason} maxLength={LONGEST_REASON} onChange={(event) => setReason(event.target.value)} />
        </label>
        <DialogEnd error={send.error} yes={yes} harmful={HARMFUL.has(name)} pending={send.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
