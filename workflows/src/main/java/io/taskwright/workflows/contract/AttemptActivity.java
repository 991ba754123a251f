package io.taskwright.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** One try at an execution's work, on a pool's queue or inside a core worker. */
@ActivityInterface
public interface AttemptActivity {
  /** The type of the failure of an attempt that did not begin, because the execution is paused. */
  String HELD = "HELD";

  /**
   * Makes an attempt; its output goes to the store.
   *
   * @throws io.temporal.failure.ApplicationFailure whose type is a {@link
   *     io.taskwright.model.execution.FailureCode}; not retryable if no other attempt may follow
   */
  @ActivityMethod(name = "attempt")
  void attempt(AttemptOrder order);
}
