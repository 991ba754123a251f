package io.taskwright.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How an execution ended, with what came of it. */
public sealed interface Ending {
  /** The work was done. */
  record Completed(JsonNode output) implements Ending {}

  /** It was never run. */
  record Rejected(FailureReport reason) implements Ending {}

  /** It was tried. */
  record Failed(FailureReport reason) implements Ending {}

  /**
   * Somebody stopped it.
   *
   * @param by who asked for it
   */
  record Cancelled(String by, String reason) implements Ending {}

  /** The ending that an execution shows, if it has ended. */
  static Optional<Ending> of(Execution execution) {
    JsonNode json = execution.json();
    return switch (execution.status()) {
      case RECEIVED, PREPARING, RUNNING, WAITING, PAUSED -> Optional.empty();
      case COMPLETED -> Optional.of(new Completed(json.path("output")));
      case REJECTED -> Optional.of(new Rejected(reason(json)));
      case FAILED -> Optional.of(new Failed(reason(json)));
      case CANCELLED -> {
        JsonNode cancellation = json.path("cancellation");
        yield Optional.of(
            new Cancelled(
                cancellation.path("by").asString(""), cancellation.path("reason").asString("")));
      }
    };
  }

  private static FailureReport reason(JsonNode json) {
    return FailureReport.of(json.path("failure"))
        .orElseThrow(() -> new IllegalStateException("a failed execution shows no failure"));
  }
}
