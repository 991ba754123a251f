package io.taskwright.store.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a project keeps executions.
 *
 * @param executions after their end; empty for ever
 * @param by who set it; null where it is the service's default
 */
public record Keep(Optional<Duration> executions, @Nullable String by, @Nullable Instant at) {
  /** The least and the most that can be said, beside for ever. */
  public static final Duration LEAST = Duration.ofHours(1);

  public static final Duration MOST = Duration.ofDays(3_650);
}
