package io.taskwright.workers;

import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.Queues;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes attempts for one pool. */
public final class ExecutorWorker implements AutoCloseable {
  /** The SDK's default would send only every 8 s, and cancelling would take as long. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(2);

  private final WorkerFactory factory;
  private final Duration drain;

  /**
   * @param slots how many attempts run here at once
   * @param drain how long running attempts may go on when this worker is closed
   */
  public ExecutorWorker(
      WorkflowClient client, String pool, int slots, Duration drain, AttemptActivity attempts) {
    this.drain = drain;
    this.factory = WorkerFactory.newInstance(client);
    Worker worker =
        factory.newWorker(
            Queues.pool(pool),
            WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(slots)
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

  /** Takes no more work and lets what runs finish, within the time to drain. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS);
    factory.shutdownNow();
    factory.awaitTermination(5, TimeUnit.SECONDS);
  }
}
