package io.taskwright.model.batch;

import java.time.Duration;

/**
 * How fast a batch goes.
 *
 * @param rate executions per second, {@value #SLOWEST} to {@value #FASTEST}; 0 for as fast as it
 *     can
 * @param jitter by how much pauses are longer, at random, at most {@link #LONGEST_JITTER}
 */
public record Pace(double rate, Duration jitter) {
  public static final double SLOWEST = 0.01;
  public static final double FASTEST = 1_000;
  public static final Duration LONGEST_JITTER = Duration.ofMinutes(1);

  /** As fast as it can. */
  public static final Pace FREE = new Pace(0, Duration.ZERO);

  private static final int MOST_AT_ONCE = 100;
  private static final double NANOS = 1e9;

  public Pace {
    if (rate != 0 && !(rate >= SLOWEST && rate <= FASTEST)) {
      throw new IllegalArgumentException("no rate: " + rate);
    }
    if (jitter.isNegative() || jitter.compareTo(LONGEST_JITTER) > 0) {
      throw new IllegalArgumentException("no jitter: " + jitter);
    }
  }

  /** How many are done between two pauses: what a second may have, or one. */
  public int atOnce() {
    return rate == 0 ? MOST_AT_ONCE : (int) Math.clamp(Math.floor(rate), 1, MOST_AT_ONCE);
  }

  /**
   * The pause after so many.
   *
   * @param chance 0 to 1, evenly distributed
   */
  public Duration pause(int done, double chance) {
    if (rate == 0) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) (done / rate * NANOS + jitter.toNanos() * chance));
  }
}
