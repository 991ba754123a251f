import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readQuery, readSearch, writeQuery } from "./executions/filters";
import { ExecutionListRoom } from "./executions/ExecutionListRoom";
import { BATCH_STATES, type BatchState, ITEM_STATUSES, type ItemStatus } from "./service/batches";
import type { Edition } from "./service/versions";
import { Crash, NoRoom, Shell } from "./shell/Shell";
import { TaskListRoom } from "./tasks/TaskListRoom";

const root = createRootRoute({ component: Shell, notFoundComponent: NoRoom });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/tasks", replace: true });
  },
});

function word(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

const TASK_STATES = ["draft", "archived"] as const;

/** Which tasks are listed other than those in use. */
export type TaskState = (typeof TASK_STATES)[number];

const tasks = createRoute({
  getParentRoute: () => root,
  path: "/tasks",
  validateSearch: (raw: Record<string, unknown>): { q?: string; state?: TaskState } => ({
    q: word(raw["q"]),
    state: TASK_STATES.find((state) => state === raw["state"]),
  }),
  component: TaskListRoom,
});

const newTask = createRoute({
  getParentRoute: () => root,
  path: "/tasks/new",
  component: lazyRouteComponent(() => import("./tasks/NewTaskRoom"), "NewTaskRoom"),
});

const TASK_TABS = ["definition", "draft", "start", "versions"] as const;
export type TaskTab = (typeof TASK_TABS)[number];

const task = createRoute({
  getParentRoute: () => root,
  path: "/tasks/$task",
  validateSearch: (
    raw: Record<string, unknown>,
  ): { tab?: TaskTab; version?: number; from?: number; to?: Edition } => ({
    tab: TASK_TABS.find((tab) => tab === raw["tab"]),
    version: number(raw["version"]),
    from: number(raw["from"]),
    to: raw["to"] === "draft" ? "draft" : number(raw["to"]),
  }),
  component: lazyRouteComponent(() => import("./tasks/TaskRoom"), "TaskRoom"),
});

function number(value: unknown): number | undefined {
  return /^[1-9][0-9]{0,8}$/.test(String(value)) ? Number(value) : undefined;
}

const executions = createRoute({
  getParentRoute: () => root,
  path: "/executions",
  validateSearch: readSearch,
  component: ExecutionListRoom,
});

export type ExecutionTab = "log" | "timeline" | "data" | "attempts" | "files";

const execution = createRoute({
  getParentRoute: () => root,
  path: "/executions/$id",
  validateSearch: (raw: Record<string, unknown>): { tab?: ExecutionTab } => ({
    tab: (["log", "timeline", "data", "attempts", "files"] as const).find(
      (tab) => tab === raw["tab"],
    ),
  }),
  component: lazyRouteComponent(() => import("./executions/ExecutionRoom"), "ExecutionRoom"),
});

const batches = createRoute({
  getParentRoute: () => root,
  path: "/batches",
  validateSearch: (raw: Record<string, unknown>): { state?: BatchState } => ({
    state: BATCH_STATES.find((state) => state === raw["state"]),
  }),
  component: lazyRouteComponent(() => import("./batches/BatchListRoom"), "BatchListRoom"),
});

const batch = createRoute({
  getParentRoute: () => root,
  path: "/batches/$id",
  validateSearch: (raw: Record<string, unknown>): { status?: ItemStatus } => ({
    status: ITEM_STATUSES.find((status) => status === raw["status"]),
  }),
  component: lazyRouteComponent(() => import("./batches/BatchRoom"), "BatchRoom"),
});

export const router = createRouter({
  routeTree: root.addChildren([home, tasks, newTask, task, executions, execution, batches, batch]),
  basepath: "/ui",
  parseSearch: readQuery,
  stringifySearch: writeQuery,
  defaultPreload: false,
  defaultErrorComponent: Crash,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
