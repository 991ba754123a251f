package io.taskwright.client;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is known about a secret; its value is not.
 *
 * @param json as the service shows it
 */
public record SecretInfo(JsonNode json) {
  public String name() {
    return json.path("name").asString("");
  }

  /** 1 for the first value, one more for each that came after it. */
  public int version() {
    return json.path("version").asInt(0);
  }

  public String description() {
    return json.path("description").asString("");
  }

  public String updatedBy() {
    return json.path("updatedBy").asString("");
  }

  public Optional<Instant> updatedAt() {
    return Json.time(json.path("updatedAt"));
  }

  /** When code last got it. */
  public Optional<Instant> lastUsedAt() {
    return Json.time(json.path("lastUsedAt"));
  }
}
