package io.taskwright.client;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A file that an execution left.
 *
 * @param json as the service shows it
 */
public record Artifact(JsonNode json) {
  /** Where the program left it, relative to its working directory. */
  public String path() {
    return json.path("path").asString("");
  }

  public String mediaType() {
    return json.path("mediaType").asString("");
  }

  /** Bytes. */
  public long size() {
    return json.path("size").asLong(0);
  }

  /** Of its bytes, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return json.path("sha256").asString("");
  }

  public Optional<Instant> expiresAt() {
    return Json.time(json.path("expiresAt"));
  }

  /** Whether its bytes were removed. */
  public boolean gone() {
    return json.path("gone").asBoolean(false);
  }

  String id() {
    return json.path("id").asString("");
  }
}
