package io.taskwright.client;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is known about an API key; its secret is not.
 *
 * @param role viewer, operator, author, admin or executor
 * @param revokedAt since when it lets nobody in
 */
public record KeyInfo(
    String id,
    String name,
    String role,
    Optional<Instant> createdAt,
    String createdBy,
    Optional<Instant> revokedAt) {
  static KeyInfo of(JsonNode json) {
    return new KeyInfo(
        json.path("id").asString(""),
        json.path("name").asString(""),
        json.path("role").asString(""),
        Json.time(json.path("createdAt")),
        json.path("createdBy").asString(""),
        Json.time(json.path("revokedAt")));
  }
}
