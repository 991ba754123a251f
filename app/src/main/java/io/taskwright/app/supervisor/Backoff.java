package io.taskwright.app.supervisor;

import java.time.Duration;

/**
 * How long a part rests before it is started again: longer with each failure in a row, so that a
 * part that cannot live does not eat the machine.
 */
final class Backoff {
  /** After so many failures in a row a part counts as failed. */
  static final int FAILED_AFTER = 3;

  /** A part that was ready for so long has not failed in a row. */
  static final Duration SETTLED = Duration.ofSeconds(30);

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Backoff() {}

  /** The rest after so many failures in a row, at least one. */
  static Duration after(int failures) {
    long factor = 1L << Math.min(failures - 1, 20);
    Duration rest = FIRST.multipliedBy(factor);
    return rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
  }
}
