package io.taskwright.model.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a running program said: a line of log, or how far it is.
 *
 * @param level {@code INFO} or {@code WARN} of a line; null for progress
 * @param source {@code stdout}, {@code stderr} or {@code system} of a line; null for progress
 * @param fraction 0 to 1 of progress; null for a line
 */
public record Said(
    Instant at,
    @Nullable String level,
    @Nullable String source,
    @Nullable Double fraction,
    String message) {
  /** A line of log. */
  public static Said line(Instant at, String level, String source, String message) {
    return new Said(at, level, source, null, message);
  }

  /** How far it is. */
  public static Said progress(Instant at, double fraction, String message) {
    return new Said(at, null, null, fraction, message);
  }
}
