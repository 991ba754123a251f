package io.taskwright.activities;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.workflows.contract.AttemptActivity;
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

  /** An attempt that did not begin: somebody holds the execution, and the workflow waits. */
  public static ApplicationFailure held(ExecutionId execution) {
    return ApplicationFailure.newNonRetryableFailure(
        "execution " + execution + " is paused", AttemptActivity.HELD);
  }

  /** A failure that the workflow shall tell in these words; they hold no word of the user's. */
  public static ApplicationFailure of(FailureCode code, String message) {
    return ApplicationFailure.newFailure(message, code.name());
  }

  /** Tokens and grants begin with the id of their execution. */
  public static ExecutionId execution(String token) {
    int dot = token.indexOf('.');
    return ExecutionId.parse(dot < 0 ? token : token.substring(0, dot))
        .orElseThrow(() -> new IllegalArgumentException("a token names its execution"));
  }

  private static String message(FailureCode code, ExecutionId execution) {
    return "an attempt of execution " + execution + " ended with " + code;
  }
}
