import { messages } from "../messages";
import type { Status } from "../service/types";

export function StatusBadge({ status }: { status: Status }) {
  return <span className={`status s-${status.toLowerCase()}`}>{messages.statuses[status]}</span>;
}
