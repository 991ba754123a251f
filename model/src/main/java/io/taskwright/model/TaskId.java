package io.taskwright.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Names a task in the catalogue, whatever it is called and however many versions it has. A UUIDv7.
 */
public record TaskId(UUID value) {
  /** Reads the canonical lower-case form; anything else is no id. */
  public static Optional<TaskId> parse(String text) {
    return Uuids.canonical(text).map(TaskId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
