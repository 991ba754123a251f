package io.taskwright.model.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that others may tell an execution of a task, and its code reads.
 *
 * @param schema JSON Schema 2020-12 of what comes with it, or null if anything may
 * @param awaited whether no execution begins before it has come
 * @param within how long an execution waits for it from its acceptance or start time on; null for
 *     as long as it may wait in the queue
 */
public record Signal(
    String description, @Nullable JsonNode schema, boolean awaited, @Nullable Duration within) {
  /** How many signals a definition may have. */
  public static final int MOST = 16;

  /** The shortest time to wait for one. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);
}
