package io.taskwright.workers;

import io.grpc.StatusRuntimeException;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.Queues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.CompositeTuner;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes attempts for one pool. */
public final class ExecutorWorker implements AutoCloseable {
  /** The SDK's default would send only every 8 s, and cancelling would take as long. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(2);

  private static final Duration INTERRUPTED = Duration.ofSeconds(10);
  private static final long ANSWER_SECONDS = 2;

  private final WorkflowClient client;
  private final String queue;
  private final HostSlots slots;
  private final WorkerFactory factory;
  private final Worker worker;

  /**
   * @param slots how many attempts run here at once; closed with this worker
   */
  public ExecutorWorker(
      WorkflowClient client, String pool, HostSlots slots, AttemptActivity attempts) {
    this.client = client;
    this.queue = Queues.pool(pool);
    this.slots = slots;
    this.factory = WorkerFactory.newInstance(client);
    this.worker =
        factory.newWorker(
            queue,
            WorkerOptions.newBuilder()
                .setWorkerTuner(
                    new CompositeTuner(
                        new FixedSizeSlotSupplier<>(2),
                        slots,
                        new FixedSizeSlotSupplier<>(1),
                        new FixedSizeSlotSupplier<>(1)))
                .setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY)
                .setDefaultHeartbeatThrottleInterval(HEARTBEAT_EVERY)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build());
    worker.registerActivitiesImplementations(attempts);
  }

  /** Begins to take work. */
  public void start() {
    factory.start();
  }

  /** Takes no more work for now, or goes on to; what runs is not touched. */
  public void take(boolean more) {
    if (more) {
      worker.resumePolling();
    } else {
      worker.suspendPolling();
    }
  }

  /** Why Temporal does not know that this worker waits for work, if it does not. */
  public Optional<String> trouble() {
    String namespace = client.getOptions().getNamespace();
    String self = String.valueOf(client.getOptions().getIdentity());
    try {
      boolean known =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(namespace)
                      .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                      .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                      .build())
              .getPollersList()
              .stream()
              .anyMatch(poller -> poller.getIdentity().equals(self));
      return known ? Optional.empty() : Optional.of("Temporal does not see it wait for work yet");
    } catch (StatusRuntimeException e) {
      return Optional.of("Temporal answers " + e.getStatus());
    }
  }

  /**
   * Takes no more work and lets what runs finish; what does not in time is interrupted, and says so
   * before it ends.
   */
  public void drain(Duration time) {
    factory.shutdown();
    factory.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
    close();
  }

  /** Interrupts what runs. May be called while it drains. */
  public void hurry() {
    factory.shutdownNow();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(INTERRUPTED.toMillis(), TimeUnit.MILLISECONDS);
    slots.close();
  }
}
