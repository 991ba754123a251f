package io.taskwright.client;

import io.taskwright.model.Violation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Why an attempt or an execution failed, as the service tells it.
 *
 * @param code from a closed set that a newer service may have added to
 * @param category who can do something about it
 * @param message what happened and what happens next
 * @param details by code; missing where there is nothing to add
 */
public record FailureReport(String code, String category, String message, JsonNode details) {
  /** The failure in a field, if it has one. */
  static Optional<FailureReport> of(JsonNode field) {
    if (!field.isObject()) {
      return Optional.empty();
    }
    JsonNode details = field.path("details");
    return Optional.of(
        new FailureReport(
            field.path("code").asString(""),
            field.path("category").asString(""),
            field.path("message").asString(""),
            details.isNull() ? MissingNode.getInstance() : details));
  }

  /** Every single thing that is wrong, where the details are such a list; else none. */
  public List<Violation> violations() {
    return details.isArray() ? Json.violations(details) : List.of();
  }
}
