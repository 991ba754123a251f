package io.taskwright.model.definition;

import java.time.Duration;

/**
 * The clocks of an execution beside the attempt's own.
 *
 * @param queue from acceptance until its work starts for the first time
 * @param total from acceptance until its end, all attempts and waits included
 */
public record Timeouts(Duration queue, Duration total) {
  /** What a definition that says nothing gets. */
  public static final Timeouts DEFAULT = new Timeouts(Duration.ofHours(1), Duration.ofDays(1));
}
