package io.taskwright.client;

import io.taskwright.model.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A definition that is still worked on.
 *
 * @param json as the service shows it
 * @param etag what a change shows to prove that it knows this draft
 */
public record Draft(JsonNode json, String etag) {
  /** What people call its task. */
  public String name() {
    return json.path("task").path("name").asString("");
  }

  /** For which publishing would refuse it. */
  public List<Violation> errors() {
    return Json.violations(json.path("errors"));
  }
}
