package io.taskwright.workflows;

import io.taskwright.workflows.contract.BatchActivity;
import io.taskwright.workflows.contract.BatchRun;
import io.taskwright.workflows.contract.BatchStep;
import io.taskwright.workflows.contract.BatchWorkflow;
import io.temporal.workflow.Workflow;

/**
 * Goes through a batch step by step; its pauses are Temporal's timers, so they outlive processes.
 */
final class BatchTurns implements BatchWorkflow {
  /** After so many steps the history begins anew, long before Temporal would ask for it. */
  private static final int STEPS_OF_A_RUN = 500;

  private final BatchActivity batches =
      Workflow.newLocalActivityStub(BatchActivity.class, Execution.RECORD);

  @Override
  public void run(BatchRun run) {
    for (int i = 0; i < STEPS_OF_A_RUN; i++) {
      BatchStep step = batches.step(run.batch());
      if (step.ended()) {
        return;
      }
      if (step.pause().isPositive()) {
        Workflow.sleep(step.pause());
      }
    }
    Workflow.newContinueAsNewStub(BatchWorkflow.class).run(run);
  }
}
