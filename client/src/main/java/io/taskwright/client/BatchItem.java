package io.taskwright.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One execution of a batch.
 *
 * @param json as the service shows it
 */
public record BatchItem(JsonNode json) {
  /** The execution's id. */
  public String execution() {
    return json.path("execution").asString("");
  }

  /** PENDING, SUCCEEDED, FAILED or SKIPPED. */
  public String status() {
    return json.path("status").asString("");
  }

  /** The id of the execution that was made of it. */
  public Optional<String> made() {
    return Json.text(json.path("made"));
  }

  /** Why it was not done. */
  public Optional<String> why() {
    JsonNode problem = json.path("problem");
    return problem.isObject()
        ? Optional.of(
            problem.path("code").asString("") + ": " + problem.path("detail").asString(""))
        : Optional.empty();
  }
}
