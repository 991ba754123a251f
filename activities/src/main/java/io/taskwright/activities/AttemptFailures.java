package io.taskwright.activities;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.FailureCode;
import io.temporal.failure.ApplicationFailure;

/** Failed attempts as Temporal knows them: a code, and no word of the user's data. */
public final class AttemptFailures {
  private AttemptFailures() {}

  /** An attempt that failed so; the retry policy decides what follows. */
  public static ApplicationFailure of(FailureCode code, ExecutionId execution) {
    return ApplicationFailure.newFailure(message(code, execution), code.name());
  }

  /** A failure that no other attempt may follow. */
  public static ApplicationFailure last(FailureCode code, ExecutionId execution) {
    return ApplicationFailure.newNonRetryableFailure(message(code, execution), code.name());
  }

  private static String message(FailureCode code, ExecutionId execution) {
    return "an attempt of execution " + execution + " ended with " + code;
  }
}
