package io.taskwright.activities.executor;

import java.time.Duration;

/**
 * Whether this process has been awake to watch an attempt. One that was stopped for so long that
 * Temporal may have given the attempt to another holds no lease, and what its program wants to send
 * has to wait until the service has said that the attempt still counts.
 */
final class Lease {
  /** Shorter than the heartbeat timeout, by more than a heartbeat may be old when it is sent. */
  static final Duration LENGTH = Duration.ofSeconds(5);

  private volatile long until;

  Lease() {
    renew();
  }

  boolean holds() {
    return System.nanoTime() - until < 0;
  }

  synchronized void renew() {
    until = System.nanoTime() + LENGTH.toNanos();
    notifyAll();
  }

  /** Returns once it holds. */
  void await() throws InterruptedException {
    if (holds()) {
      return;
    }
    synchronized (this) {
      while (!holds()) {
        wait(LENGTH.toMillis());
      }
    }
  }
}
