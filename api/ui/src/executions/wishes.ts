import type { OperationName } from "../service/batches";

/** What a person says of a batch, as typed. */
export interface Wishes {
  name: string;
  reason: string;
  priority: number;
  latest: boolean;
  /** JSON in the place of each one's own input; null keeps them. */
  input: string | null;
  rate: string;
}

export const PLAIN: Wishes = { name: "", reason: "", priority: 3, latest: false, input: null, rate: "" };

/** What the service is told, of which each operation takes its own part. Throws where the input is not JSON. */
export function parametersOf(operation: OperationName, wishes: Wishes): Record<string, unknown> {
  const reason = wishes.reason.trim() === "" ? {} : { reason: wishes.reason.trim() };
  const version = wishes.latest ? { version: "latest" } : {};
  switch (operation) {
    case "cancel":
    case "terminate":
    case "pause":
    case "resume":
      return reason;
    case "priority":
      return { priority: wishes.priority, ...reason };
    case "retry":
      return version;
    case "rerun":
      return { ...version, ...(wishes.input !== null && { input: JSON.parse(wishes.input) as unknown }) };
  }
}
