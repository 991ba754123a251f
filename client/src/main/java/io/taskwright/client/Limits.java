package io.taskwright.client;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the caller's project may have of executions in all; for administrators. */
public final class Limits {
  private static final String ROUTE = "/settings/limits";

  private final Transport transport;

  Limits(Transport transport) {
    this.transport = transport;
  }

  /** The limits, and what counts for them. */
  public ProjectLimits get() {
    return new ProjectLimits(transport.send(Call.get(ROUTE)).json());
  }

  /** Replaces all of them. */
  public ProjectLimits set(ProjectLimits limits) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ProjectLimits.NAMES.forEach(name -> body.set(name, limits.json().get(name)));
    return new ProjectLimits(transport.send(Call.put(ROUTE, body)).json());
  }
}
