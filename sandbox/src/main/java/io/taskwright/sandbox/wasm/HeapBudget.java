package io.taskwright.sandbox.wasm;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** How much of this process's heap all runs together may take: theirs is the service's own. */
public final class HeapBudget {
  private final AtomicLong left;
  private volatile BooleanSupplier spare = () -> false;

  /** So many bytes. */
  public HeapBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /**
   * What is asked when too little is left.
   *
   * @param given gives back something that can be spared, or answers false
   */
  public void spare(BooleanSupplier given) {
    this.spare = given;
  }

  /** Takes so many bytes, or none and says so. */
  public boolean take(long bytes) {
    while (left.addAndGet(-bytes) < 0) {
      left.addAndGet(bytes);
      if (!spare.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  /** Returns what was taken. */
  public void giveBack(long bytes) {
    left.addAndGet(bytes);
  }
}
