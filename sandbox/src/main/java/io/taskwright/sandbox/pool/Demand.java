package io.taskwright.sandbox.pool;

/**
 * How many programs of a kind will soon come, guessed from those that came: each counts one, and
 * half as much after every {@link #HALF_LIFE} seconds.
 */
final class Demand {
  private static final double HALF_LIFE = 5;
  private static final double NANOS = 1e9;

  private double level;
  private long at;

  /**
   * Starts with none.
   *
   * @param now nanoseconds of a clock that only goes forward
   */
  Demand(long now) {
    at = now;
  }

  /** A program has come. */
  void add(long now) {
    level = at(now) + 1;
    at = now;
  }

  /** The guess at a time that is not before the last program's. */
  double at(long now) {
    return level * Math.pow(0.5, (now - at) / NANOS / HALF_LIFE);
  }

  /** When the last program came. */
  long last() {
    return at;
  }
}
