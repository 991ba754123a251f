package io.taskwright.api.execution;

import io.taskwright.api.access.Caller;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.store.execution.Executions;

/** Reads which execution a request names, or says that it is not there. */
public final class KnownExecutions {
  private KnownExecutions() {}

  /** The id in a path. What can be no id is no execution's. */
  public static ExecutionId id(String text) {
    return ExecutionId.parse(text).orElseThrow(KnownExecutions::absent);
  }

  /** The id in a path, if the caller's project has the execution. */
  public static ExecutionId existing(Executions executions, Caller caller, String text) {
    ExecutionId id = id(text);
    if (executions.find(caller.project(), id).isEmpty()) {
      throw absent();
    }
    return id;
  }

  /** The answer for one that is not there, or not the caller's to know of. */
  public static ProblemException absent() {
    return ProblemException.notFound("such execution");
  }
}
