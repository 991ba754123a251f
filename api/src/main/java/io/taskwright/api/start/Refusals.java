package io.taskwright.api.start;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.limit.Refusal;

/** Says to a client which limit its start has met. */
public final class Refusals {
  private Refusals() {}

  public static ProblemException problem(Refusal refusal) {
    return new ProblemException(code(refusal.cause()), refusal.detail(), refusal.retryAfter());
  }

  static ProblemCode code(Refusal.Cause cause) {
    return switch (cause) {
      case CONCURRENCY -> ProblemCode.CONCURRENCY_LIMIT;
      case RATE, STARTS -> ProblemCode.RATE_LIMIT;
      case QUOTA -> ProblemCode.QUOTA_EXCEEDED;
    };
  }
}
