package io.taskwright.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What takes the place of work in a dry run: it notes the work, and nothing is done. */
@ActivityInterface
public interface RecorderActivity {
  /**
   * Notes an attempt, with the result that its mock gives it.
   *
   * @throws io.temporal.failure.ApplicationFailure whose type is a {@link
   *     io.taskwright.model.execution.FailureCode}, if the mock fails; never retryable
   */
  @ActivityMethod(name = "record-attempt")
  void record(AttemptOrder order);
}
