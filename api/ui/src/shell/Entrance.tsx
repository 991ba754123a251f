import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { messages } from "../messages";
import { AwayError } from "../service/call";
import { callerQuery } from "../service/queries";
import { useSession } from "../service/session";
import { ProblemNote } from "../parts/ProblemNote";
import { CallerContext } from "./caller";
import { SignIn } from "./SignIn";

/** Lets in who has a key that the service knows; the address stays, so that a link leads where it should. */
export function Entrance({ children }: { children: ReactNode }) {
  const { key, refused } = useSession();
  const client = useQueryClient();
  useEffect(() => {
    if (key === null) client.clear(); // the next person sees nothing of the last one
  }, [key, client]);
  return key === null ? <SignIn refused={refused} /> : <Inside key={key} apiKey={key}>{children}</Inside>;
}

function Inside({ apiKey, children }: { apiKey: string; children: ReactNode }) {
  const caller = useQuery(callerQuery(apiKey));
  if (caller.data !== undefined) {
    return <CallerContext value={caller.data}>{children}</CallerContext>;
  }
  return (
    <main className="entrance">
      {caller.error === null ? (
        <p role="status">{messages.checking}…</p>
      ) : (
        <>
          {caller.error instanceof AwayError ? (
            <p role="alert">{messages.serviceAway}</p>
          ) : (
            <ProblemNote error={caller.error} />
          )}
          <button type="button" onClick={() => void caller.refetch()}>
            {messages.retryNow}
          </button>
        </>
      )}
    </main>
  );
}
