package io.taskwright.workers;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.temporal.SearchKeys;
import io.taskwright.temporal.WorkflowIds;
import io.taskwright.workflows.contract.ExecutionStart;
import io.taskwright.workflows.contract.Queues;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;

/** Starts the workflows of executions. Starting one twice is harmless. */
final class Starter {
  private final WorkflowClient client;

  Starter(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Starts the workflow, eagerly on this process's own worker if it has a slot.
   *
   * @throws io.temporal.client.WorkflowServiceException if Temporal does not take it now
   */
  void start(Project project, ExecutionId id, String task, int version) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.of(project, id))
            .setTaskQueue(Queues.CORE)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setDisableEagerExecution(false)
            .setStaticSummary("task " + task + " · version " + version + " · project " + project)
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder().set(SearchKeys.PROJECT, project.name()).build())
            .build();
    try {
      client.newUntypedWorkflowStub(task, options).start(new ExecutionStart(id.toString()));
    } catch (WorkflowExecutionAlreadyStarted e) {
      // a start whose answer was lost: it is as good as this one
    }
  }
}
