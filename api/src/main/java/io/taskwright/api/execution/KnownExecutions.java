package io.taskwright.api.execution;

import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;

/** Reads which execution a request names, or says that it is not there. */
public final class KnownExecutions {
  private KnownExecutions() {}

  /** The id in a path. What can be no id is no execution's. */
  public static ExecutionId id(String text) {
    return ExecutionId.parse(text).orElseThrow(KnownExecutions::absent);
  }

  /** The answer for one that is not there, or not the caller's to know of. */
  public static ProblemException absent() {
    return ProblemException.notFound("such execution");
  }
}
