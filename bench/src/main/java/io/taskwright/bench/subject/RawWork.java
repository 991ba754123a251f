package io.taskwright.bench.subject;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What stands where Taskwright reads and writes its store and runs code: nothing. */
@ActivityInterface
public interface RawWork {
  /** Where Taskwright admits. */
  @ActivityMethod(name = "admit")
  String admit(String execution);

  /** Where Taskwright works. */
  @ActivityMethod(name = "attempt")
  void attempt(String order);

  /** Where Taskwright concludes. */
  @ActivityMethod(name = "conclude")
  String conclude(String execution);
}
