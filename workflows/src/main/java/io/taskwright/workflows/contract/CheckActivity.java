package io.taskwright.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;

/** Looks, when the work is done, at what it did to the world. */
@ActivityInterface
public interface CheckActivity {
  /** What came of it. */
  enum Checked {
    /** Everything is as the definition wants it. */
    PASSED,
    /** No attempt gave an output, so there was nothing to check. */
    NOTHING_DONE,
    /** Somebody holds the execution; what was checked is checked again when it goes on. */
    HELD,
    /** An execution of another task checks it and goes on; its end is told by a signal. */
    WAITING,
    /** The execution has ended: by a check that failed, or before. */
    ENDED
  }

  /** Checks the execution; one that fails a check is ended with CHECK_FAILED. */
  @ActivityMethod(name = "check")
  Checked check(String execution);

  /** How long to wait, if nothing is heard, before the execution is checked again. */
  @ActivityMethod(name = "check-patience")
  Duration patience(String execution);
}
