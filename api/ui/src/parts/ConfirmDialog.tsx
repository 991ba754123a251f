import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { messages } from "../messages";
import { Dialog } from "./Dialog";
import { ProblemNote } from "./ProblemNote";

const LONGEST_NOTE = 500;

/** Says what will be done, asks for a note if there is a place for one, and does it. */
export function ConfirmDialog<T>({
  title,
  text,
  yes,
  harmful,
  note,
  children,
  explain,
  send,
  onDone,
  onClose,
}: {
  title: string;
  text: string;
  yes: string;
  harmful?: boolean;
  /** What is asked for in words; nothing where it is left out. */
  note?: { label: string; hint?: string; longest?: number };
  children?: ReactNode;
  /** What to do about a refusal, beside what the service says. */
  explain?: (error: Error) => ReactNode;
  send: (note: string) => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
}) {
  const [written, setWritten] = useState("");
  const sending = useMutation({ mutationFn: () => send(written.trim()), onSuccess: onDone });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate();
        }}
      >
        <p>{text}</p>
        {note !== undefined && (
          <label>
            {note.label}
            <input
              value={written}
              maxLength={note.longest ?? LONGEST_NOTE}
              onChange={(event) => setWritten(event.target.value)}
            />
            {note.hint !== undefined && <small>{note.hint}</small>}
          </label>
        )}
        {children}
        {sending.error !== null && (
          <>
            <ProblemNote error={sending.error} />
            {explain?.(sending.error)}
          </>
        )}
        <div className="actions">
          <button type="button" onClick={onClose}>
            {messages.cancelDialog}
          </button>
          <button type="submit" className={harmful === true ? "danger" : "primary"} disabled={sending.isPending}>
            {yes}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
