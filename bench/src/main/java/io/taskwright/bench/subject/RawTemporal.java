package io.taskwright.bench.subject;

import io.taskwright.bench.load.Subject;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plain Temporal: client and workers in this process, with the options that Taskwright's workers
 * have, on the same server.
 */
public final class RawTemporal implements AutoCloseable {
  static final String POOL_QUEUE = "bench-raw-pool";

  private static final String QUEUE = "bench-raw";
  private static final int WORKFLOW_SLOTS = 200;
  private static final int POOL_SLOTS = 8;
  private static final long LONGEST_SECONDS = 60;

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final WorkerFactory factory;
  private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();

  /**
   * Starts the workers.
   *
   * @param address host:port of Temporal's frontend
   */
  public RawTemporal(String address, String namespace) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    client =
        WorkflowClient.newInstance(
            stubs, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
    factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(2_000)
                .build());
    RawWork work = new Work();
    Worker core =
        factory.newWorker(
            QUEUE,
            WorkerOptions.newBuilder()
                .setLocalActivityWorkerOnly(true)
                .setMaxConcurrentWorkflowTaskExecutionSize(WORKFLOW_SLOTS)
                .setMaxConcurrentLocalActivityExecutionSize(WORKFLOW_SLOTS)
                .setUsingVirtualThreadsOnLocalActivityWorker(true)
                .build());
    core.registerWorkflowImplementationTypes(RawWorkflowCode.class);
    core.registerActivitiesImplementations(work);
    factory
        .newWorker(
            POOL_QUEUE,
            WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(POOL_SLOTS).build())
        .registerActivitiesImplementations(work);
    factory.start();
  }

  /** The subject that runs workflows of a shape. */
  public Subject subject(RawShape shape) {
    return new Subject() {
      @Override
      public String name() {
        return "raw-" + shape.name().toLowerCase(Locale.ROOT);
      }

      @Override
      public void execute() throws InterruptedException {
        RawTemporal.this.execute(shape);
      }
    };
  }

  /**
   * The end is seen where Taskwright sees it too, when it is concluded. To wait for the workflow's
   * result would cost plain Temporal another call, and make it look worse.
   */
  private void execute(RawShape shape) throws InterruptedException {
    String id = "bench-" + UUID.randomUUID();
    CountDownLatch end = new CountDownLatch(1);
    ends.put(id, end);
    RawWorkflow workflow =
        client.newWorkflowStub(
            RawWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(QUEUE)
                .setDisableEagerExecution(false)
                .build());
    WorkflowClient.start(workflow::run, shape, id);
    if (!end.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "workflow " + id + " did not end within " + LONGEST_SECONDS + " s");
    }
  }

  private final class Work implements RawWork {
    @Override
    public String admit(String execution) {
      return execution;
    }

    @Override
    public void attempt(String order) {}

    @Override
    public String conclude(String execution) {
      CountDownLatch end = ends.remove(execution);
      if (end != null) {
        end.countDown();
      }
      return "COMPLETED";
    }
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(5, TimeUnit.SECONDS);
    stubs.shutdownNow();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
  }
}
