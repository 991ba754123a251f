package io.taskwright.workflows;

import io.taskwright.workflows.contract.BatchWorkflow;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.DynamicWorkflow;

/** Makes a worker able to run executions, and batches of them. */
public final class ExecutionWorkflows {
  private ExecutionWorkflows() {}

  /** Registers the workflow of executions, of whatever task, and that of batches. */
  public static void register(Worker worker) {
    worker.registerWorkflowImplementationFactory(
        BatchWorkflow.class, BatchTurns::new, WorkflowImplementationOptions.getDefaultInstance());
    worker.registerWorkflowImplementationFactory(
        DynamicWorkflow.class,
        ExecutionWorkflow::new,
        WorkflowImplementationOptions.getDefaultInstance());
  }
}
