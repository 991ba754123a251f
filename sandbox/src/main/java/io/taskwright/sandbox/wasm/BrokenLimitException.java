package io.taskwright.sandbox.wasm;

import io.taskwright.model.execution.Failure;

/** Ends a run from within a call to the host. */
public final class BrokenLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  /** Ends it so. */
  public BrokenLimitException(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
