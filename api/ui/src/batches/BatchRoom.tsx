import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { CopyButton } from "../parts/CopyButton";
import { ProblemNote } from "../parts/ProblemNote";
import { batchQuery, isOver } from "../service/batches";
import { call } from "../service/call";
import type { Batch } from "../service/types";
import { useMay } from "../shell/caller";
import { useTitle } from "../shell/title";
import { BatchFacts } from "./BatchFacts";
import { BatchItems } from "./BatchItems";
import { BatchProgress } from "./BatchProgress";
import { BatchStateBadge } from "./BatchStateBadge";

const route = getRouteApi("/batches/$id");
const LONGEST_REASON = 1000;

/** One batch while it goes through its executions, and what came of each. */
export function BatchRoom() {
  const { id } = route.useParams();
  const { status } = route.useSearch();
  const batch = useQuery(batchQuery(id));
  useTitle(batch.data === undefined ? messages.batch : shown(batch.data.name));
  if (batch.data === undefined) {
    return batch.error === null ? <p role="status">{messages.loading}…</p> : <ProblemNote error={batch.error} />;
  }
  const { name, operation, state } = batch.data;
  return (
    <>
      <div className="room-head">
        <div>
          <h1>
            {shown(name)} {name !== operation && <small>{messages.operations[operation]}</small>}{" "}
            <BatchStateBadge state={state} />
          </h1>
          <p className="muted id">
            <code>{id}</code>
            <CopyButton text={() => id} label={`${messages.copy}: ${id}`} />
          </p>
        </div>
        <Abort batch={batch.data} />
      </div>
      <BatchProgress batch={batch.data} />
      <div className="split">
        <div className="split-main">
          <BatchItems batch={batch.data} status={status} />
        </div>
        <BatchFacts batch={batch.data} />
      </div>
    </>
  );
}

function Abort({ batch }: { batch: Batch }) {
  const client = useQueryClient();
  const mayControl = useMay("CONTROL_EXECUTIONS");
  const [asking, setAsking] = useState(false);
  const changed = async (): Promise<void> => {
    setAsking(false);
    await client.invalidateQueries({ queryKey: ["batch", batch.id] });
    void client.invalidateQueries({ queryKey: ["batches"] });
  };
  if (!mayControl || (isOver(batch.state) && !asking)) return null;
  return (
    <div className="controls">
      <button type="button" className="danger" onClick={() => setAsking(true)}>
        {messages.abort}
      </button>
      {asking && (
        <ConfirmDialog
          title={messages.abortTitle}
          text={messages.abortText}
          yes={messages.abortYes}
          harmful
          note={{ label: messages.reason, longest: LONGEST_REASON }}
          send={(reason) =>
            call(`/batches/${batch.id}/abort`, { method: "POST", json: reason === "" ? {} : { reason } })
          }
          onDone={() => void changed()}
          onClose={() => void changed()}
        />
      )}
    </div>
  );
}
