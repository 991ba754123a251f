package io.taskwright.client;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is known about an API key; its secret is not.
 *
 * @param json as the service shows it
 */
public record KeyInfo(JsonNode json) {
  private static final String SECRET = "secret";

  public KeyInfo {
    json = json.has(SECRET) ? json.deepCopy().asObject().without(SECRET) : json;
  }

  public String id() {
    return json.path("id").asString("");
  }

  public String name() {
    return json.path("name").asString("");
  }

  /** viewer, operator, author, admin or executor. */
  public String role() {
    return json.path("role").asString("");
  }

  public String createdBy() {
    return json.path("createdBy").asString("");
  }

  public Optional<Instant> createdAt() {
    return Json.time(json.path("createdAt"));
  }

  /** Since when it lets nobody in. */
  public Optional<Instant> revokedAt() {
    return Json.time(json.path("revokedAt"));
  }
}
