package io.taskwright.workers;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.store.execution.Repairs;
import io.taskwright.store.execution.Stale;
import io.taskwright.store.execution.Stale.Suspect;
import io.taskwright.temporal.WorkflowIds;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.RecordActivity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares executions under way with their journal and with Temporal. A damaged row is repaired.
 * One whose workflow was ended by Temporal's own tools ends here too; one that Temporal has lost is
 * started again.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int MOST_AT_ONCE = 100;

  private final Stale stale;
  private final Repairs repairs;
  private final WorkflowClient client;
  private final RecordActivity record;
  private final Duration age;
  private final Loop loop;
  private final Starter starter;

  /**
   * @param age how long an execution goes without being compared
   */
  public Reconciler(
      Stale stale, Repairs repairs, WorkflowClient client, RecordActivity record, Duration age) {
    this.stale = stale;
    this.repairs = repairs;
    this.client = client;
    this.record = record;
    this.age = age;
    this.starter = new Starter(client);
    this.loop = new Loop("reconciler", age.dividedBy(4), this::turn);
  }

  /** Begins to compare. */
  public void start() {
    loop.start();
  }

  private void turn() {
    stale.take(age, MOST_AT_ONCE).forEach(this::compare);
  }

  private void compare(Suspect suspect) {
    repairs
        .repair(suspect.id())
        .filter(columns -> !columns.isEmpty())
        .ifPresent(columns ->
            LOG.atWarn()
                .addKeyValue("execution", suspect.id())
                .log("its row was damaged and is repaired: {}", columns));
    WorkflowExecutionStatus status;
    try {
      status =
          client
              .newUntypedWorkflowStub(WorkflowIds.of(suspect.project(), suspect.id()))
              .describe()
              .getStatus();
    } catch (WorkflowNotFoundException e) {
      LOG.atWarn()
          .addKeyValue("execution", suspect.id())
          .log("Temporal has no workflow of this execution; it is started again");
      starter.start(suspect.project(), suspect.id(), suspect.taskName(), suspect.taskVersion());
      return;
    }
    switch (status) {
      case WORKFLOW_EXECUTION_STATUS_TERMINATED, WORKFLOW_EXECUTION_STATUS_CANCELED ->
          record.conclude(Conclusion.cancelled(suspect.id().toString()));
      case WORKFLOW_EXECUTION_STATUS_FAILED,
          WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
          WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          record.conclude(
              Conclusion.failed(
                  suspect.id().toString(),
                  FailureCode.INTERNAL,
                  "its workflow ended without concluding"));
      default -> {} // it goes on
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
