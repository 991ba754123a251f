package io.taskwright.client;

import java.time.Duration;

/** The waits between tries of one thing, each longer than the one before, until time is over. */
final class Pauses {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Duration patience;
  private long since = System.nanoTime();
  private Duration next = FIRST;

  Pauses(Duration patience) {
    this.patience = patience;
  }

  /** Something came of the last try: the patience starts anew. */
  void reset() {
    since = System.nanoTime();
    next = FIRST;
  }

  /** Waits before another try, or tells that none is worth it any more. */
  boolean pause() throws InterruptedException {
    Duration left = patience.minusNanos(System.nanoTime() - since);
    if (!left.isPositive()) {
      return false;
    }
    Thread.sleep(next.compareTo(left) < 0 ? next : left);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return true;
  }
}
