package io.taskwright.store.execution;

import io.taskwright.model.Violation;
import io.taskwright.model.execution.Failure;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Failures and violations as the outer contract shows them. */
public final class Failures {
  private Failures() {}

  /** {@code {code, category, message, details?}}. */
  public static ObjectNode json(Failure failure) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("code", failure.code().name())
            .put("category", failure.code().category().name())
            .put("message", Fact.storable(failure.message()));
    if (failure.details() != null) {
      json.set("details", failure.details());
    }
    return json;
  }

  /** {@code {pointer, keyword, message}}. */
  public static ObjectNode json(Violation violation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pointer", violation.pointer())
        .put("keyword", violation.keyword())
        .put("message", violation.message());
  }
}
