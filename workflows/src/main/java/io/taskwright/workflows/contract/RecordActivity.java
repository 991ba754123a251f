package io.taskwright.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What the workflow reads from and writes to the store; run as local activities. */
@ActivityInterface
public interface RecordActivity {
  /** Decides whether and how the execution's work is done, and stores it. May be repeated. */
  @ActivityMethod(name = "admit")
  Admission admit(String execution);

  /**
   * Ends the execution. May be repeated: the first one counts.
   *
   * @return the status it has ended in, or {@code PAUSED} if somebody holds it
   */
  @ActivityMethod(name = "conclude")
  String conclude(Conclusion conclusion);
}
