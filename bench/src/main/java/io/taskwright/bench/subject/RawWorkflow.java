package io.taskwright.bench.subject;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** An execution's shape in plain Temporal. */
@WorkflowInterface
public interface RawWorkflow {
  /** Runs it; returns the status that it ended in. */
  @WorkflowMethod(name = "raw")
  String run(RawShape shape, String execution);
}
