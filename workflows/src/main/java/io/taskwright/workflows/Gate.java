package io.taskwright.workflows;

import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Where an execution waits that is paused, or checked by another one. How that stands is in the
 * store, which is asked at each step; the signal only says when to ask again.
 */
final class Gate {
  private long knocks;

  /** How often it was said that the execution may go on. */
  long knocks() {
    return knocks;
  }

  void knock() {
    knocks++;
  }

  /**
   * Waits until it was said more often than that.
   *
   * @throws io.temporal.failure.CanceledFailure if the workflow is cancelled meanwhile
   */
  void await(long heard) {
    Workflow.await(() -> knocks > heard);
  }

  /**
   * The same, but not for longer than that.
   *
   * @throws io.temporal.failure.CanceledFailure if the workflow is cancelled meanwhile
   */
  void await(long heard, Duration most) {
    Workflow.await(most, () -> knocks > heard);
  }
}
