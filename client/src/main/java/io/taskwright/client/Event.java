package io.taskwright.client;

import io.taskwright.model.execution.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One thing that happened to an execution. */
public sealed interface Event {
  /** Its number in the execution, from 1 without a gap. */
  long seq();

  /** When it happened. */
  Instant at();

  /** The execution is in another status and has not ended. */
  record StatusChanged(long seq, Instant at, Status status) implements Event {}

  /**
   * How far the work is.
   *
   * @param fraction 0 to 1
   */
  record Progressed(long seq, Instant at, double fraction, String message) implements Event {}

  /**
   * A line of log.
   *
   * @param source {@code stdout}, {@code stderr}, {@code system}, or who posted it
   */
  record Logged(long seq, Instant at, String level, String source, String message)
      implements Event {}

  /** An attempt was begun. */
  record AttemptStarted(long seq, Instant at, int number, String worker) implements Event {}

  /** An attempt is over. */
  record AttemptEnded(long seq, Instant at, int number, Optional<FailureReport> failure)
      implements Event {}

  /** Nothing follows. */
  record Ended(long seq, Instant at, Status status) implements Event {}

  /** What this client has no own word for. */
  record Other(long seq, Instant at, String type, JsonNode data) implements Event {}

  /** Reads an event of the stream. */
  static Event of(long seq, String type, JsonNode data) {
    Instant at = Json.time(data.path("at")).orElse(Instant.EPOCH);
    Other other = new Other(seq, at, type, data);
    return switch (type) {
      case "log" ->
          new Logged(
              seq,
              at,
              data.path("level").asString(""),
              data.path("source").asString(""),
              data.path("message").asString(""));
      case "progress" ->
          new Progressed(
              seq, at, data.path("fraction").asDouble(0), data.path("message").asString(""));
      case "status" ->
          status(data).<Event>map(status -> new StatusChanged(seq, at, status)).orElse(other);
      case "end" -> status(data).<Event>map(status -> new Ended(seq, at, status)).orElse(other);
      case "attempt" -> attempt(other);
      default -> other;
    };
  }

  private static Event attempt(Other other) {
    JsonNode data = other.data();
    int number = data.path("number").asInt(0);
    return switch (data.path("state").asString("")) {
      case "started" ->
          new AttemptStarted(other.seq(), other.at(), number, data.path("worker").asString(""));
      case "ended" ->
          new AttemptEnded(other.seq(), other.at(), number, FailureReport.of(data.path("failure")));
      default -> other;
    };
  }

  private static Optional<Status> status(JsonNode data) {
    String word = data.path("status").asString("");
    return Arrays.stream(Status.values()).filter(status -> status.name().equals(word)).findFirst();
  }
}
