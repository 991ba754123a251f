package io.taskwright.workflows;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.temporal.Converters;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.taskwright.workflows.contract.CheckActivity;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.ExecutionStart;
import io.taskwright.workflows.contract.Queues;
import io.taskwright.workflows.contract.RecordActivity;
import io.taskwright.workflows.contract.RetryRule;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Runs executions on a Temporal in memory, and notes what they ask of their activities. */
abstract class WorkflowRuns {
  final List<Conclusion> conclusions = new CopyOnWriteArrayList<>();
  final AtomicInteger attempts = new AtomicInteger();
  int heldConclusions;
  final AtomicInteger checks = new AtomicInteger();
  Supplier<CheckActivity.Checked> checking = () -> CheckActivity.Checked.PASSED;
  TestWorkflowEnvironment temporal;
  Worker core;
  Worker pool;

  @BeforeEach
  void startTemporal() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Converters.json()).build())
                .build());
    // No sticky queue: every workflow task replays the whole history, and so meets what is not
    // deterministic.
    WorkerOptions replaying =
        WorkerOptions.newBuilder().setStickyQueueScheduleToStartTimeout(Duration.ZERO).build();
    core = temporal.newWorker(Queues.CORE, replaying);
    pool = temporal.newWorker(Queues.pool("blue"));
    ExecutionWorkflows.register(core);
  }

  @AfterEach
  void stopTemporal() {
    temporal.close();
  }

  Admission.Admitted admitted(Method method, RetryPolicy policy) {
    Instant now = Instant.ofEpochMilli(temporal.currentTimeMillis());
    return new Admission.Admitted(
        method,
        "blue",
        new AttemptOrder("grant", Duration.ofSeconds(5)),
        RetryRule.of(policy),
        now.plus(Duration.ofHours(1)),
        now.plus(Duration.ofDays(1)),
        null);
  }

  WorkflowStub start(Admission admission, AttemptActivity work) {
    return start(id -> admission, work);
  }

  WorkflowStub start(Function<String, Admission> admission, AttemptActivity work) {
    core.registerActivitiesImplementations(
        new RecordActivity() {
          @Override
          public Admission admit(String execution) {
            return admission.apply(execution);
          }

          @Override
          public String conclude(Conclusion conclusion) {
            conclusions.add(conclusion);
            return conclusions.size() <= heldConclusions ? "PAUSED" : conclusion.ending().name();
          }
        },
        work,
        new CheckActivity() {
          @Override
          public Checked check(String id) {
            checks.incrementAndGet();
            return checking.get();
          }

          @Override
          public Duration patience(String id) {
            return Duration.ofMinutes(1);
          }
        });
    pool.registerActivitiesImplementations(work);
    temporal.start();
    WorkflowStub stub =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "resize-image",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(Queues.CORE)
                    .setWorkflowId("default/e1")
                    .build());
    stub.start(new ExecutionStart("e1"));
    return stub;
  }

  static RuntimeException failure(FailureCode code) {
    return ApplicationFailure.newFailure("it failed", code.name());
  }
}
