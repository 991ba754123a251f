package io.taskwright.model.execution;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an execution's work goes, and why.
 *
 * @param pool the group of workers that does it
 * @param reason one sentence for a person
 */
public record Route(Method method, String pool, String reason) {
  /** As it is stored and shown. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("method", method.name())
        .put("pool", pool)
        .put("reason", reason);
  }
}
