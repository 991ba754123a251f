package io.taskwright.store.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.FailureCode;

/** What came of asking for the next attempt at an execution's work. */
public sealed interface Opening {
  /**
   * The attempt is open.
   *
   * @param memory what it gets
   */
  record Opened(int number, ByteSize memory) implements Opening {}

  /** An earlier attempt has done the work: there is nothing to run. */
  record Done() implements Opening {}

  /** The attempt before failed so that no other may follow. */
  record Exhausted(FailureCode code) implements Opening {}

  /** Somebody paused the execution. */
  record Held() implements Opening {}

  /** The execution ended, or somebody asked for its end. */
  record Over() implements Opening {}
}
