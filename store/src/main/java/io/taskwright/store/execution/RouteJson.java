package io.taskwright.store.execution;

import io.taskwright.model.execution.Route;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A route as it is stored and shown. */
public final class RouteJson {
  private RouteJson() {}

  /** {@code {method, pool, reason}}. */
  public static ObjectNode of(Route route) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("method", route.method().name())
        .put("pool", route.pool())
        .put("reason", route.reason());
  }
}
