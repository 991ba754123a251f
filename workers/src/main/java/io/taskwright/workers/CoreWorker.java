package io.taskwright.workers;

import io.taskwright.workflows.ExecutionWorkflows;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.BatchActivity;
import io.taskwright.workflows.contract.CheckActivity;
import io.taskwright.workflows.contract.Queues;
import io.taskwright.workflows.contract.RecordActivity;
import io.taskwright.workflows.contract.RecorderActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs the workflows of executions and batches, with their local activities. */
public final class CoreWorker implements AutoCloseable {
  private static final int WORKFLOW_SLOTS = 200;

  private final WorkerFactory factory;

  /**
   * @param client the one that the dispatcher uses too: only then are workflows started eagerly
   *     here
   */
  public CoreWorker(
      WorkflowClient client,
      RecordActivity record,
      AttemptActivity inProcess,
      CheckActivity checks,
      BatchActivity batches,
      RecorderActivity recorder) {
    this.factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(2_000)
                .build());
    Worker worker =
        factory.newWorker(
            Queues.CORE,
            WorkerOptions.newBuilder()
                .setLocalActivityWorkerOnly(true)
                .setMaxConcurrentWorkflowTaskExecutionSize(WORKFLOW_SLOTS)
                .setMaxConcurrentLocalActivityExecutionSize(WORKFLOW_SLOTS)
                .setUsingVirtualThreadsOnLocalActivityWorker(true)
                .setStickyQueueScheduleToStartTimeout(Duration.ofSeconds(2))
                .build());
    ExecutionWorkflows.register(worker);
    worker.registerActivitiesImplementations(record, inProcess, checks, batches, recorder);
  }

  /** Begins to take work. */
  public void start() {
    factory.start();
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(10, TimeUnit.SECONDS);
    factory.shutdownNow();
  }
}
