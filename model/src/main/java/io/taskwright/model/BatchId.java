package io.taskwright.model;

import java.util.Optional;
import java.util.UUID;

/** Names an operation on many executions. A UUIDv7. */
public record BatchId(UUID value) {
  /** Reads the canonical lower-case form; anything else is no id. */
  public static Optional<BatchId> parse(String text) {
    return Uuids.canonical(text).map(BatchId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
