package io.taskwright.activities;

import io.taskwright.model.execution.Status;

/** Is told when an execution ended in this process. */
@FunctionalInterface
public interface EndListener {
  /**
   * @param dryRun whether it only said what it would do
   */
  void ended(Status status, boolean dryRun);
}
