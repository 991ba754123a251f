package io.taskwright.activities;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.store.execution.Conclusions.Closing;
import io.taskwright.store.execution.Conclusions.LastAttempt;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.Conclusion.Ending;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides how an execution ended, of what its workflow saw and what its attempts reported. */
final class Verdicts {
  private Verdicts() {}

  /**
   * Decides it.
   *
   * @param policy null if nothing was tried, because the work was only noted
   */
  static Outcome decide(Conclusion seen, Closing closing, @Nullable RetryPolicy policy) {
    if (closing.last().filter(LastAttempt::done).isPresent()) {
      return new Outcome.Completed();
    }
    if (closing.cancel().isPresent()) {
      return closing.cancel().get().granted();
    }
    if (seen.ending() == Ending.CANCELLED) {
      return new Outcome.Cancelled(
          new Actor(Actor.Kind.OPERATOR, "of Temporal"), "cancelled with Temporal's own tools");
    }
    return new Outcome.Failed(failure(seen, closing.last(), policy));
  }

  private static Failure failure(
      Conclusion seen, Optional<LastAttempt> last, @Nullable RetryPolicy policy) {
    FailureCode code = seen.code() == null ? FailureCode.INTERNAL : seen.code();
    String message = seen.code() == null ? "the work ended without an output" : seen.message();
    if (last.isEmpty()) {
      return Failure.of(code, message);
    }
    Failure reported = last.get().failure();
    Failure told =
        reported != null && reported.code() == code ? reported : Failure.of(code, message);
    return new Failure(
        code, told.message() + tried(last.get().number(), code, policy), told.details());
  }

  private static String tried(int attempts, FailureCode code, @Nullable RetryPolicy policy) {
    if (policy == null) {
      return "";
    }
    String often = attempts == 1 ? "1 attempt was made" : attempts + " attempts were made";
    if (!policy.retryableErrors().contains(code)) {
      return " (" + often + "; the retry policy does not try " + code + " again)";
    }
    return policy.maxRetries() == 0
        ? " (" + often + "; the retry policy allows no other)"
        : " (" + often + "; no retry of " + policy.maxRetries() + " is left)";
  }
}
