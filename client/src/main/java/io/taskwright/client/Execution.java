package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One run of a task at one moment.
 *
 * @param json as the service shows it; an accepted or listed one has less in it
 */
public record Execution(JsonNode json) {
  /** Names the execution. */
  public ExecutionId id() {
    return ExecutionId.parse(json.path("id").asString(""))
        .orElseThrow(() -> new IllegalStateException("the answer names no execution"));
  }

  /** The name of its task. */
  public String task() {
    return json.path("task").path("name").asString("");
  }

  /** The version of its task. */
  public int version() {
    return json.path("task").path("version").asInt(0);
  }

  /** Where it is between its acceptance and its end. */
  public Status status() {
    return Status.valueOf(json.path("status").asString(""));
  }

  /** How it ended, if it has. */
  public Optional<Ending> ending() {
    return Ending.of(this);
  }

  /** Why it failed or was rejected, if so. */
  public Optional<FailureReport> failure() {
    return FailureReport.of(json.path("failure"));
  }

  /** Every try at its work so far. */
  public List<Attempt> attempts() {
    return json.path("attempts").valueStream().map(Attempt::of).toList();
  }

  /** The execution whose result it was given, if it did no work of its own. */
  public Optional<String> cachedFrom() {
    String from = json.path("cached").path("from").asString("");
    return from.isEmpty() ? Optional.empty() : Optional.of(from);
  }

  /** When its log was removed because its time was over, if it was. */
  public Optional<Instant> logsRemovedAt() {
    return Json.time(json.path("logsRemovedAt"));
  }

  /** When the service took it. */
  public Optional<Instant> acceptedAt() {
    return Json.time(json.path("acceptedAt"));
  }

  /** When its first attempt began. */
  public Optional<Instant> startedAt() {
    return Json.time(json.path("executionMetadata").path("startTime"));
  }

  /** When it ended. */
  public Optional<Instant> endedAt() {
    return Json.time(json.path("executionMetadata").path("endTime"));
  }
}
