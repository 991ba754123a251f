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
  private static final List<String> ADDED =
      List.of(
          "id",
          "version",
          "state",
          "createdAt",
          "createdBy",
          "note",
          "origin",
          "source",
          "archived");

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

  /** {@code published} or {@code archived}; in the list of drafts {@code draft}. */
  public String state() {
    return json.path("state").asString("published");
  }

  /** Why there is this version; may be empty. */
  public String note() {
    return json.path("note").asString("");
  }

  /** The SHA-256 of what its author wrote, if that was kept. */
  public Optional<String> sourceSha256() {
    return Optional.of(json.path("source").path("sha256").asString(""))
        .filter(hash -> !hash.isEmpty());
  }

  /** The path of its author's file; empty if it is not known. */
  public String sourceFile() {
    return json.path("source").path("file").asString("");
  }

  /** Whether its author wrote JSON. */
  public boolean sourceIsJson() {
    return json.path("source").path("mediaType").asString("").equals("application/json");
  }

  /** By which its definition names the files of its program; empty if it names none. */
  public String bundle() {
    return json.path("automated").path("bundle").path("digest").asString("");
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
