import { type FormEvent, useState } from "react";
import { messages } from "../messages";
import { ProblemNote } from "../parts/ProblemNote";
import { call, ProblemError } from "../service/call";
import { signIn } from "../service/session";
import type { Caller } from "../service/types";
import { Mark } from "./Mark";

/** Asks for an API key, and takes it when the service knows it. */
export function SignIn({ refused }: { refused: boolean }) {
  const [key, setKey] = useState("");
  const [keep, setKeep] = useState(false);
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecking(true);
    setError(null);
    try {
      await call<Caller>("/keys/current", { key: key.trim() });
      signIn(key.trim(), keep);
    } catch (failure) {
      setError(failure as Error);
      setChecking(false);
    }
  }

  const unknown = error instanceof ProblemError && error.problem.status === 401;
  return (
    <main className="entrance">
      <form className="sign-in" onSubmit={(event) => void submit(event)}>
        <h1>
          <Mark /> {messages.product}
        </h1>
        {refused && error === null && <p role="alert" className="note warn">{messages.keyRefused}</p>}
        <label>
          {messages.apiKey}
          <input
            type="password"
            autoComplete="current-password"
            autoFocus
            required
            spellCheck={false}
            value={key}
            onChange={(event) => setKey(event.target.value)}
            aria-invalid={unknown}
          />
        </label>
        <label className="check">
          <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} />
          {messages.keepKey}
        </label>
        <p className="hint">{messages.keepKeyHint}</p>
        {unknown ? (
          <p role="alert" className="note bad">{messages.keyUnknown}</p>
        ) : (
          error !== null && <ProblemNote error={error} />
        )}
        <button type="submit" className="primary" disabled={checking}>
          {checking ? `${messages.checking}…` : messages.signIn}
        </button>
        <p className="hint">
          {messages.whereIsTheKey} <code>~/.taskwright/keys/admin.key</code>
        </p>
      </form>
    </main>
  );
}
