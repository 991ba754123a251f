package io.taskwright.workflows.contract;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Goes through the executions of a batch. */
@WorkflowInterface
public interface BatchWorkflow {
  /** The type's name in Temporal; no task can have it. */
  String TYPE = "taskwright.batch";

  /** Returns when every execution had its turn, or when the batch was ended early. */
  @WorkflowMethod(name = TYPE)
  void run(BatchRun run);
}
