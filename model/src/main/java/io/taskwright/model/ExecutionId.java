package io.taskwright.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names one run of a task. A UUIDv7, so that ids made later sort later and waiting rows are taken
 * in the order of their acceptance.
 */
public record ExecutionId(UUID value) {
  /** Reads the canonical lower-case form; anything else is no id. */
  public static Optional<ExecutionId> parse(String text) {
    return Uuids.canonical(text).map(ExecutionId::new);
  }

  /**
   * The id that a text is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ExecutionId of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no execution id: " + text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
