package io.taskwright.app.server;

/** What a process of the service does. */
public enum Role {
  /** Answers requests; needs the database. */
  API,
  /** Dispatches executions and runs their workflows; needs the database and Temporal. */
  CORE,
  /** Runs code in sandboxes; needs Temporal and the API. */
  EXECUTOR
}
