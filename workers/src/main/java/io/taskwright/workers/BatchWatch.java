package io.taskwright.workers;

import io.taskwright.store.Notices;
import io.taskwright.store.batch.Batches;
import io.taskwright.store.batch.Turns;
import io.taskwright.store.batch.Turns.Going;
import io.taskwright.temporal.SearchKeys;
import io.taskwright.temporal.WorkflowIds;
import io.taskwright.workflows.contract.BatchRun;
import io.taskwright.workflows.contract.BatchWorkflow;
import io.taskwright.workflows.contract.Queues;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each batch that has not ended has a workflow which goes through it. One whose
 * workflow was ended by Temporal's own tools ends here too.
 */
public final class BatchWatch implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWatch.class);
  private static final int MOST_AT_ONCE = 100;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Turns turns;
  private final Batches batches;
  private final WorkflowClient client;
  private final Duration age;
  private final Loop loop;
  private final Notices.Subscription ear;

  /**
   * @param age how long a batch goes without being looked at
   */
  public BatchWatch(
      Turns turns, Batches batches, WorkflowClient client, Notices notices, Duration age) {
    this.turns = turns;
    this.batches = batches;
    this.client = client;
    this.age = age;
    this.loop = new Loop("batches", Duration.ofSeconds(1), this::turn);
    this.ear = notices.on(Notices.Channel.BATCH, payload -> loop.wake());
  }

  @Override
  public void start() {
    loop.start();
  }

  private void turn() {
    for (Going batch : turns.take(MOST_AT_ONCE, age)) {
      try {
        see(batch);
      } catch (WorkflowException e) {
        LOG.atWarn()
            .addKeyValue("batch", batch.id())
            .setCause(e)
            .log("Temporal does not answer; tried again in {}", PAUSE);
        turns.lookAgain(batch.id(), PAUSE);
      }
    }
  }

  private void see(Going batch) {
    WorkflowExecutionStatus status;
    try {
      status =
          client
              .newUntypedWorkflowStub(WorkflowIds.ofBatch(batch.project(), batch.id()))
              .describe()
              .getStatus();
    } catch (WorkflowNotFoundException e) {
      begin(batch);
      return;
    }
    switch (status) {
      case WORKFLOW_EXECUTION_STATUS_TERMINATED, WORKFLOW_EXECUTION_STATUS_CANCELED ->
          batches.abort(batch.project(), batch.id(), "Temporal", "its workflow was ended there");
      case WORKFLOW_EXECUTION_STATUS_FAILED,
          WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
          WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          begin(batch);
      default -> {} // it goes on
    }
  }

  private void begin(Going batch) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.ofBatch(batch.project(), batch.id()))
            .setTaskQueue(Queues.CORE)
            .setStaticSummary("batch " + batch.name() + " · project " + batch.project())
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(SearchKeys.PROJECT, batch.project().name())
                    .build())
            .build();
    try {
      client
          .newUntypedWorkflowStub(BatchWorkflow.TYPE, options)
          .start(new BatchRun(batch.id().toString()));
    } catch (WorkflowExecutionAlreadyStarted e) {
      // somebody else has seen to it
    }
  }

  @Override
  public void close() {
    ear.close();
    loop.close();
  }
}
