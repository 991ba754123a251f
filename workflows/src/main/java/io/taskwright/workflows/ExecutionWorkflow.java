package io.taskwright.workflows;

import io.taskwright.workflows.contract.ExecutionStart;
import io.temporal.common.converter.EncodedValues;
import io.temporal.workflow.DynamicWorkflow;

/**
 * The one workflow class. Its type in Temporal is the name of the task, so lists there read well.
 */
final class ExecutionWorkflow implements DynamicWorkflow {
  @Override
  public Object execute(EncodedValues args) {
    return new Execution(args.get(0, ExecutionStart.class).execution()).run();
  }
}
