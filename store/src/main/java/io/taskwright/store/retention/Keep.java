package io.taskwright.store.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a project keeps what has ended.
 *
 * @param executions after their end; empty for ever
 * @param logs after the end of their executions; empty for as long as these
 * @param artifacts after the end of their executions; empty for as long as the service keeps files
 * @param by who set it; null where it is the service's default
 */
public record Keep(
    Optional<Duration> executions,
    Optional<Duration> logs,
    Optional<Duration> artifacts,
    @Nullable String by,
    @Nullable Instant at) {
  /** The least and the most that can be said, beside for ever. */
  public static final Duration LEAST = Duration.ofHours(1);

  public static final Duration MOST = Duration.ofDays(3_650);

  /** What nobody set. */
  static Keep byDefault(Optional<Duration> executions) {
    return new Keep(executions, Optional.empty(), Optional.empty(), null, null);
  }
}
