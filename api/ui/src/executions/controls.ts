import type { Status } from "../service/types";
import { hasEnded } from "../service/types";

/** What can be asked of an execution that goes on; each is answered by a new status of the same execution. */
export const COMMANDS = ["resume", "pause", "priority", "skip", "cancel", "terminate"] as const;
export type CommandName = (typeof COMMANDS)[number];

export type ControlName = CommandName | "signal" | "retry" | "rerun" | "repair";

interface Control {
  permission: string;
  /** The statuses in which the service does not refuse it: the control table of the documentation. */
  fits: (status: Status) => boolean;
}

function goesOn(status: Status): boolean {
  return !hasEnded(status);
}

export const CONTROLS: Readonly<Record<ControlName, Control>> = {
  resume: { permission: "CONTROL_EXECUTIONS", fits: (status) => status === "PAUSED" },
  pause: {
    permission: "CONTROL_EXECUTIONS",
    fits: (status) => goesOn(status) && status !== "PAUSED",
  },
  priority: { permission: "CONTROL_EXECUTIONS", fits: goesOn },
  skip: { permission: "CONTROL_EXECUTIONS", fits: goesOn },
  cancel: { permission: "CONTROL_EXECUTIONS", fits: goesOn },
  terminate: { permission: "CONTROL_EXECUTIONS", fits: goesOn },
  signal: { permission: "CONTROL_EXECUTIONS", fits: goesOn },
  retry: {
    permission: "START_EXECUTIONS",
    fits: (status) => status === "FAILED" || status === "CANCELLED",
  },
  rerun: { permission: "START_EXECUTIONS", fits: hasEnded },
  repair: { permission: "CONTROL_EXECUTIONS", fits: goesOn },
};

/** The ones that end the work or take it away. */
export const HARMFUL: ReadonlySet<ControlName> = new Set(["cancel", "terminate"]);
