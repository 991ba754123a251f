package io.taskwright.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a batch's workflow asks for; run as a local activity. */
@ActivityInterface
public interface BatchActivity {
  /** Does the next few executions of the batch. May be repeated: each has one turn. */
  @ActivityMethod(name = "batch-step")
  BatchStep step(String batch);
}
