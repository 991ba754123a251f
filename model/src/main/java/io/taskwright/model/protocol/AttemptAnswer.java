package io.taskwright.model.protocol;

import io.taskwright.model.execution.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for an attempt.
 *
 * @param code why no other attempt may follow, if EXHAUSTED
 * @param assignment what to do, if OPENED
 */
public record AttemptAnswer(
    State state, @Nullable FailureCode code, @Nullable Assignment assignment) {
  /** The possible answers. */
  public enum State {
    OPENED,
    /** An earlier attempt has done the work. */
    DONE,
    /** The attempt before failed so that no other may follow. */
    EXHAUSTED,
    /** Somebody paused the execution. */
    HELD,
    /** The execution ended, or somebody asked for its end. */
    OVER
  }
}
