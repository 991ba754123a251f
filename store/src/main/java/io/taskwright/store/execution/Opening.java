package io.taskwright.store.execution;

import io.taskwright.model.execution.FailureCode;

/** What came of asking for the next attempt at an execution's work. */
public sealed interface Opening {
  /** The attempt is open. */
  record Opened(int number) implements Opening {}

  /** An earlier attempt has done the work: there is nothing to run. */
  record Done() implements Opening {}

  /** The attempt before failed so that no other may follow. */
  record Exhausted(FailureCode code) implements Opening {}

  /** The execution ended, or somebody asked for its end. */
  record Over() implements Opening {}
}
