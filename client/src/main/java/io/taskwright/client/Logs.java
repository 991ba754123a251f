package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The log of all executions. */
public final class Logs {
  private final Transport transport;

  Logs(Transport transport) {
    this.transport = transport;
  }

  /** A part of the log, the newest lines first. */
  public Page<LogEntry> list(LogFilter filter, PageAsk ask) {
    Call.Query query = ask.addTo(filter.query());
    return Page.of(transport.send(Call.get(query.of("/logs"))).json(), LogEntry::new);
  }

  /** Adds a line, now, under the caller's name. */
  public LogEntry post(ExecutionId execution, String level, String message) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("execution", execution.toString())
            .put("level", level)
            .put("message", message);
    return new LogEntry(transport.send(Call.post("/logs", body)).json());
  }
}
