package io.taskwright.client;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a start would have done.
 *
 * @param json the service's whole answer
 */
public record DryRunReport(JsonNode json) {
  /** The dry run's execution. */
  public String execution() {
    return json.path("execution").asString(json.path("id").asString(""));
  }

  /**
   * {@code WOULD_RUN}, where what would come of it is not known, or the status that it ended in;
   * empty if it has not ended yet.
   */
  public Optional<String> outcome() {
    return Json.text(json.path("outcome"));
  }

  /** Its output, if one is known. */
  public Optional<JsonNode> output() {
    return Optional.ofNullable(json.get("output"));
  }

  /** Why it failed, if it did. */
  public Optional<FailureReport> failure() {
    return FailureReport.of(json.path("failure"));
  }

  /** The steps that a real one would have taken. */
  public List<JsonNode> wouldHave() {
    return json.path("wouldHave").valueStream().toList();
  }
}
