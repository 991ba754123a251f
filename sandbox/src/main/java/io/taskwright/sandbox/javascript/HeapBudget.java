package io.taskwright.sandbox.javascript;

import java.util.concurrent.atomic.AtomicLong;

/** How much of this process's heap all runs together may take: theirs is the service's own. */
final class HeapBudget {
  private final AtomicLong left;

  HeapBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }
}
