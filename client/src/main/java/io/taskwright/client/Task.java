package io.taskwright.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of a task.
 *
 * @param json as the service shows it; in lists without the definition
 */
public record Task(JsonNode json) {
  /** What the service adds to a definition. The name is the author's own. */
  private static final List<String> ADDED = List.of("id", "version", "createdAt", "createdBy");

  /** Names the task, whatever it is called. */
  public String id() {
    return json.path("id").asString("");
  }

  /** What people call it. */
  public String name() {
    return json.path("name").asString("");
  }

  /** The number of the version, from 1. */
  public int version() {
    return json.path("version").asInt(0);
  }

  /** When this version was made. */
  public Optional<Instant> createdAt() {
    return Json.time(json.path("createdAt"));
  }

  /** Who made this version. */
  public String createdBy() {
    return json.path("createdBy").asString("");
  }

  /** What an update shows to prove that it knows this version. */
  public String etag() {
    return "\"" + version() + "\"";
  }

  /** What its author wrote. */
  public ObjectNode definition() {
    ObjectNode definition = json.deepCopy().asObject();
    definition.remove(ADDED);
    return definition;
  }
}
