package io.taskwright.store.execution;

import io.taskwright.model.execution.Status;
import io.taskwright.model.protocol.Said;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that happened to an execution. Facts are only ever added.
 *
 * @param type what clients tell them apart by: {@code status}, {@code progress}, {@code log},
 *     {@code route}, {@code attempt}, {@code waiting}, {@code cached}, {@code check}, {@code
 *     repair}, {@code end}, or a command: {@code cancel}, {@code terminate}, {@code pause}, {@code
 *     resume}, {@code skip}, {@code priority}, {@code signal}
 * @param at when it happened; null for the time of the commit
 * @param level of a log line
 * @param source of a log line: {@code stdout}, {@code stderr}, {@code system}, or who posted it
 * @param message of a log line
 * @param data of every other type
 */
public record Fact(
    String type,
    @Nullable Instant at,
    @Nullable String level,
    @Nullable String source,
    @Nullable String message,
    @Nullable JsonNode data) {
  private static final String END = "end";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A line of log. */
  public static Fact log(@Nullable Instant at, String level, String source, String message) {
    return new Fact("log", at, level, source, storable(message), null);
  }

  /** What a running program said. */
  public static Fact of(Said said) {
    return said.fraction() == null
        ? log(
            said.at(),
            Objects.requireNonNullElse(said.level(), "INFO"),
            Objects.requireNonNullElse(said.source(), "system"),
            said.message())
        : progress(said.at(), said.fraction(), said.message());
  }

  /** How far the work is. */
  public static Fact progress(Instant at, double fraction, String message) {
    return new Fact("progress", at, null, null, null, progressJson(fraction, message));
  }

  /** The row's copy of this progress: {@code {fraction, message, at}} as JSON. */
  String latestProgress() {
    ObjectNode latest = Objects.requireNonNull(data).deepCopy().asObject();
    return latest.put("at", Objects.requireNonNull(at).toString()).toString();
  }

  /** The execution is in another status, and has not ended. */
  static Fact status(Status status) {
    return of("status", JSON.objectNode().put("status", status.name()));
  }

  /** The execution ended. */
  static Fact end(Status status) {
    return of(END, JSON.objectNode().put("status", status.name()));
  }

  /** The status that the execution ended in, if this is its end. */
  Optional<Status> ended() {
    return type.equals(END)
        ? Optional.of(Status.valueOf(Objects.requireNonNull(data).get("status").stringValue()))
        : Optional.empty();
  }

  /** Something outside holds the execution up. */
  static Fact waiting(String reason) {
    return of("waiting", JSON.objectNode().put("for", reason));
  }

  static Fact of(String type, JsonNode data) {
    return new Fact(type, null, null, null, null, data);
  }

  static ObjectNode progressJson(double fraction, String message) {
    return JSON.objectNode().put("fraction", fraction).put("message", storable(message));
  }

  /** PostgreSQL keeps neither a NUL nor half of a character in a text. */
  static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\0', '\uFFFD');
  }
}
