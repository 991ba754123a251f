package io.taskwright.api.body;

import io.taskwright.model.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is wrong, as answers that are no problems show it. */
public final class Violations {
  private Violations() {}

  /** {@code [{pointer, keyword, message}]}. */
  public static ArrayNode json(List<Violation> violations) {
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    violations.forEach(violation ->
        errors
            .addObject()
            .put("pointer", violation.pointer())
            .put("keyword", violation.keyword())
            .put("message", violation.message()));
    return errors;
  }

  /** The other way; what is no text is empty. */
  public static List<Violation> of(JsonNode errors) {
    return errors
        .valueStream()
        .map(one ->
            new Violation(
                one.path("pointer").asString(""),
                one.path("keyword").asString(""),
                one.path("message").asString("")))
        .toList();
  }
}
