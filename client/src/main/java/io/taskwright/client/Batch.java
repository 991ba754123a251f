package io.taskwright.client;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An operation on many executions, at one moment.
 *
 * @param json as the service shows it
 */
public record Batch(JsonNode json) {
  /** Names the batch. */
  public String id() {
    return json.path("id").asString("");
  }

  /** What people call it. */
  public String name() {
    return json.path("name").asString("");
  }

  /** What is done: cancel, retry, rerun. */
  public String operation() {
    return json.path("operation").asString("");
  }

  /** RECEIVED, RUNNING, COMPLETED or ABORTED. */
  public String state() {
    return json.path("state").asString("");
  }

  /** How many executions it has. */
  public int total() {
    return json.path("total").asInt(0);
  }

  /** How many had their turn. */
  public int done() {
    return json.path("done").asInt(0);
  }

  /** For how many it was done. */
  public int succeeded() {
    return json.path("succeeded").asInt(0);
  }

  /** How many were refused. */
  public int failed() {
    return json.path("failed").asInt(0);
  }

  /** With how many there was nothing to do. */
  public int skipped() {
    return json.path("skipped").asInt(0);
  }

  /** How much of it is done, 0 to 1. */
  public double progress() {
    return json.path("progress").asDouble(0);
  }

  /** When it was made. */
  public Optional<Instant> createdAt() {
    return Json.time(json.path("createdAt"));
  }

  /** When it ended, if it has. */
  public Optional<Instant> endedAt() {
    return Json.time(json.path("endedAt"));
  }
}
