package io.taskwright.workflows;

import io.taskwright.workflows.contract.ExecutionStart;
import io.taskwright.workflows.contract.Signals;
import io.temporal.common.converter.EncodedValues;
import io.temporal.workflow.DynamicSignalHandler;
import io.temporal.workflow.DynamicWorkflow;

/**
 * The one workflow class. Its type in Temporal is the name of the task, so lists there read well.
 */
final class ExecutionWorkflow implements DynamicWorkflow, DynamicSignalHandler {
  private final Gate gate = new Gate();
  private final Gate checked = new Gate();

  @Override
  public Object execute(EncodedValues args) {
    return new Execution(args.get(0, ExecutionStart.class).execution(), gate, checked).run();
  }

  @Override
  public void handle(String signal, EncodedValues args) {
    switch (signal) {
      case Signals.RESUME -> gate.knock();
      case Signals.CHECK_ENDED -> checked.knock();
      default -> {} // none of ours
    }
  }
}
