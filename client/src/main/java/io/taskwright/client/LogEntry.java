package io.taskwright.client;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One line of log.
 *
 * @param json as the service shows it
 */
public record LogEntry(JsonNode json) {
  /** Its number among the events of its execution. */
  public long seq() {
    String id = json.path("id").asString("");
    return Long.parseLong(id.substring(id.lastIndexOf('.') + 1));
  }

  /** When it was written. */
  public Instant time() {
    return Json.time(json.path("time")).orElse(Instant.EPOCH);
  }

  public String level() {
    return json.path("level").asString("");
  }

  /** {@code stdout}, {@code stderr}, {@code system}, or who posted it. */
  public String source() {
    return json.path("source").asString("");
  }

  public String message() {
    return json.path("message").asString("");
  }
}
