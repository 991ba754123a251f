package io.taskwright.model.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many executions of a task may begin within any time of a given length.
 *
 * @param limit 1 to 10000
 * @param per the length of the window, 1 second to 1 day
 * @param key an expression over the input: each of its values has the limit for itself; null for
 *     one limit for the whole task
 * @param refuses whether a start that finds it reached is refused; else the execution waits
 */
public record RateLimit(int limit, Duration per, @Nullable String key, boolean refuses) {
  /** The most that may begin in one window. */
  public static final int MOST = 10_000;

  /** The shortest window. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The longest window. */
  public static final Duration LONGEST = Duration.ofDays(1);
}
