package io.taskwright.workflows;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.DynamicWorkflow;

/** Makes a worker able to run executions. */
public final class ExecutionWorkflows {
  private ExecutionWorkflows() {}

  /** Registers the workflow of executions, of whatever task. */
  public static void register(Worker worker) {
    worker.registerWorkflowImplementationFactory(
        DynamicWorkflow.class,
        ExecutionWorkflow::new,
        WorkflowImplementationOptions.getDefaultInstance());
  }
}
