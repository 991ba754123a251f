import { useQueryClient } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { messages } from "../messages";
import { useAway } from "../service/presence";
import { signOut } from "../service/session";
import { useCaller } from "./caller";
import { Mark } from "./Mark";
import { choose, type Theme, useTheme } from "./theme";

/** What is around every room: the way to the others, who is signed in, whether the service answers. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    window.scrollTo(0, 0);
  }, [path]);
  return (
    <div className="shell">
      <a className="skip" href="#content" onClick={(event) => {
        event.preventDefault();
        main.current?.focus();
      }}>
        {messages.skipToContent}
      </a>
      <Side />
      <div className="stage">
        <Away />
        <main id="content" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function Side() {
  const caller = useCaller();
  return (
    <header className="side">
      <p className="wordmark">
        <Mark />
        <span>
          {messages.product}
          <small title={messages.project(caller.project)}>{caller.project}</small>
        </span>
      </p>
      <nav aria-label={messages.navigation}>
        <Link to="/tasks">{messages.tasks}</Link>
        <Link to="/executions">{messages.executions}</Link>
        <Link to="/batches">{messages.batches}</Link>
      </nav>
      <div className="self">
        <p>
          {caller.name}
          <small>{caller.role}</small>
        </p>
        <ThemeChoice />
        <button type="button" className="quiet" onClick={() => signOut()}>
          {messages.signOut}
        </button>
      </div>
    </header>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  return (
    <select
      aria-label={messages.theme}
      value={theme}
      onChange={(event) => choose(event.target.value as Theme)}
    >
      <option value="system">{messages.themeSystem}</option>
      <option value="light">{messages.themeLight}</option>
      <option value="dark">{messages.themeDark}</option>
    </select>
  );
}

function Away() {
  const away = useAway();
  const client = useQueryClient();
  return (
    <div role="alert">
      {away && (
        <p className="away">
          {messages.serviceAway}
          <button type="button" onClick={() => void client.invalidateQueries()}>
            {messages.retryNow}
          </button>
        </p>
      )}
    </div>
  );
}

export function NoRoom() {
  return (
    <section className="empty">
      <h1>{messages.noRoom}</h1>
      <Link to="/tasks">{messages.gotoTasks}</Link>
    </section>
  );
}

/** In the place of a room that failed. */
export function Crash({ error }: ErrorComponentProps) {
  return (
    <section className="empty" role="alert">
      <h1>{messages.crashed}</h1>
      <p>{messages.crashedHint}</p>
      <pre>{error instanceof Error ? error.stack : String(error)}</pre>
      <button type="button" onClick={() => location.reload()}>
        {messages.reload}
      </button>
    </section>
  );
}
