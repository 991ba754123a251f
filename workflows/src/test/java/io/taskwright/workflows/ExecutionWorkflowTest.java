package io.taskwright.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.temporal.Converters;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.taskwright.workflows.contract.CheckActivity;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.Conclusion.Ending;
import io.taskwright.workflows.contract.ExecutionStart;
import io.taskwright.workflows.contract.Queues;
import io.taskwright.workflows.contract.RecordActivity;
import io.taskwright.workflows.contract.RecorderActivity;
import io.taskwright.workflows.contract.RetryRule;
import io.taskwright.workflows.contract.Signals;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutionWorkflowTest {
  private final List<Conclusion> conclusions = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private int heldConclusions;
  private final AtomicInteger checks = new AtomicInteger();
  private Supplier<CheckActivity.Checked> checking = () -> CheckActivity.Checked.PASSED;
  private TestWorkflowEnvironment temporal;
  private Worker core;
  private Worker pool;

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

  private Admission.Admitted admitted(Method method, RetryPolicy policy) {
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

  private WorkflowStub start(Admission admission, AttemptActivity work) {
    return start(id -> admission, work);
  }

  private WorkflowStub start(Function<String, Admission> admission, AttemptActivity work) {
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
        (CheckActivity)
            id -> {
              checks.incrementAndGet();
              return checking.get();
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

  private static RuntimeException failure(FailureCode code) {
    return ApplicationFailure.newFailure("it failed", code.name());
  }

  @Test
  void doesTheWorkAndConcludes() {
    for (Method method : Method.values()) {
      stopTemporal();
      startTemporal();
      conclusions.clear();
      String result =
          start(admitted(method, RetryPolicy.DEFAULT), order -> attempts.incrementAndGet())
              .getResult(String.class);
      assertThat(result).isEqualTo("WORKED");
      assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
    }
    assertThat(attempts).hasValue(Method.values().length);
  }

  @Test
  void notesTheWorkOfADryRunAndDoesNotDoIt() {
    List<AttemptOrder> noted = new CopyOnWriteArrayList<>();
    core.registerActivitiesImplementations((RecorderActivity) noted::add);
    AttemptOrder order = new AttemptOrder("grant", Duration.ofSeconds(5));

    String result =
        start(new Admission.Recorded(order), unwanted -> attempts.incrementAndGet())
            .getResult(String.class);

    assertThat(result).isEqualTo("WORKED");
    assertThat(noted).containsExactly(order);
    assertThat(attempts).hasValue(0);
    assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
  }

  @Test
  void concludesADryRunWhoseMockFailsWithoutTryingAgain() {
    core.registerActivitiesImplementations(
        (RecorderActivity)
            order -> {
              attempts.incrementAndGet();
              throw ApplicationFailure.newNonRetryableFailure("mocked", "ENVIRONMENT");
            });

    start(new Admission.Recorded(new AttemptOrder("grant", Duration.ofSeconds(5))), unwanted -> {})
        .getResult(String.class);

    assertThat(attempts).hasValue(1);
    assertThat(conclusions)
        .containsExactly(Conclusion.failed("e1", FailureCode.ENVIRONMENT, "mocked"));
  }

  @Test
  void triesAgainAsThePolicySays() {
    for (Method method : Method.values()) {
      stopTemporal();
      startTemporal();
      conclusions.clear();
      // Each attempt looks at the clock itself: once the work is over, it may be skipped on to
      // the time by which the last attempt would have had to end.
      List<Long> times = new CopyOnWriteArrayList<>();
      start(
              admitted(method, RetryPolicy.DEFAULT),
              order -> {
                times.add(temporal.currentTimeMillis());
                if (times.size() < 3) {
                  throw failure(FailureCode.ENVIRONMENT);
                }
              })
          .getResult(String.class);
      assertThat(times).hasSize(3);
      assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
      assertThat(times.get(1) - times.get(0)).isBetween(950L, 10_000L);
      assertThat(times.get(2) - times.get(1)).isBetween(1_950L, 10_000L);
    }
  }

  @Test
  void doesNotTryAgainWhatThePolicyDoesNotName() {
    start(
            admitted(Method.CONTAINER, RetryPolicy.DEFAULT),
            order -> {
              attempts.incrementAndGet();
              throw failure(FailureCode.CODE_ERROR);
            })
        .getResult(String.class);
    assertThat(attempts).hasValue(1);
    assertThat(conclusions)
        .containsExactly(Conclusion.failed("e1", FailureCode.CODE_ERROR, "it failed"));
  }

  @Test
  void callsASilentWorkerLostAndTriesElsewhere() {
    CountDownLatch end = new CountDownLatch(1);
    WorkflowStub stub =
        start(
            admitted(Method.CONTAINER, RetryPolicy.DEFAULT),
            order -> {
              if (attempts.incrementAndGet() == 1) {
                await(end);
              }
            });
    stub.getResult(String.class);
    end.countDown();
    assertThat(attempts).hasValue(2);
    assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
  }

  @Test
  void runsNothingTwiceWithoutRetries() {
    CountDownLatch end = new CountDownLatch(1);
    RetryPolicy never = new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Set.of());
    start(
            admitted(Method.CONTAINER, never),
            order -> {
              attempts.incrementAndGet();
              await(end);
            })
        .getResult(String.class);
    end.countDown();
    assertThat(attempts).hasValue(1);
    assertThat(conclusions)
        .singleElement()
        .extracting(Conclusion::ending, Conclusion::code)
        .containsExactly(Ending.FAILED, FailureCode.WORKER_LOST);
  }

  @Test
  void endsWhatNoWorkerTakesInTime() {
    Admission.Admitted admitted = admitted(Method.CONTAINER, RetryPolicy.DEFAULT);
    Admission nowhere =
        new Admission.Admitted(
            Method.CONTAINER,
            "empty",
            admitted.order(),
            admitted.retry(),
            Instant.ofEpochMilli(
                temporal.currentTimeMillis()), // a waiting activity stops the clock
            admitted.endBy(),
            null);
    start(nowhere, order -> attempts.incrementAndGet()).getResult(String.class);
    assertThat(conclusions)
        .singleElement()
        .satisfies(conclusion -> {
          assertThat(conclusion.code()).isEqualTo(FailureCode.TIMEOUT);
          assertThat(conclusion.message()).contains("timeouts.queue");
        });
  }

  @Test
  void endsWhatIsTriedTooLong() {
    Admission.Admitted admitted = admitted(Method.CONTAINER, RetryPolicy.DEFAULT);
    RetryPolicy forLong =
        new RetryPolicy(
            100, Duration.ofMinutes(1), 1, Duration.ofMinutes(1), Set.of(FailureCode.ENVIRONMENT));
    Admission soon =
        new Admission.Admitted(
            Method.CONTAINER,
            "blue",
            admitted.order(),
            RetryRule.of(forLong),
            admitted.startBy(),
            Instant.ofEpochMilli(temporal.currentTimeMillis()).plus(Duration.ofMinutes(5)),
            null);
    start(
            soon,
            order -> {
              attempts.incrementAndGet();
              throw failure(FailureCode.ENVIRONMENT);
            })
        .getResult(String.class);
    assertThat(attempts.get()).isBetween(3, 6);
    assertThat(conclusions).singleElement().extracting(Conclusion::ending).isEqualTo(Ending.FAILED);
  }

  private Admission.Admitted withChecks() {
    Admission.Admitted admitted = admitted(Method.IN_PROCESS, RetryPolicy.DEFAULT);
    return new Admission.Admitted(
        admitted.method(),
        admitted.pool(),
        admitted.order(),
        admitted.retry(),
        admitted.startBy(),
        admitted.endBy(),
        Duration.ofSeconds(10));
  }

  @Test
  void checksWhatWasWorkedBeforeItConcludes() {
    start(withChecks(), order -> {}).getResult(String.class);
    assertThat(checks).hasValue(1);
    assertThat(conclusions).singleElement().extracting(Conclusion::ending).isEqualTo(Ending.WORKED);
  }

  @Test
  void countsWhatPassedItsChecksThoughItsWorkerSeemedLost() {
    start(
            withChecks(),
            order -> {
              throw failure(FailureCode.CODE_ERROR);
            })
        .getResult(String.class);
    assertThat(conclusions).singleElement().extracting(Conclusion::ending).isEqualTo(Ending.WORKED);
  }

  @Test
  void concludesAsItSawItWhenThereIsNothingToCheck() {
    checking = () -> CheckActivity.Checked.NOTHING_DONE;
    start(
            withChecks(),
            order -> {
              throw failure(FailureCode.CODE_ERROR);
            })
        .getResult(String.class);
    assertThat(conclusions).singleElement().extracting(Conclusion::ending).isEqualTo(Ending.FAILED);
  }

  @Test
  void checksAgainWhatWasHeldMeanwhile() {
    List<CheckActivity.Checked> answers =
        new CopyOnWriteArrayList<>(
            List.of(CheckActivity.Checked.HELD, CheckActivity.Checked.PASSED));
    checking = () -> answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    WorkflowStub stub = start(withChecks(), order -> {});
    stub.signal(Signals.RESUME);
    stub.getResult(String.class);
    assertThat(checks).hasValue(2);
    assertThat(conclusions).singleElement().extracting(Conclusion::ending).isEqualTo(Ending.WORKED);
  }

  @Test
  void leavesAnExecutionThatACheckEnded() {
    checking = () -> CheckActivity.Checked.ENDED;
    assertThat(start(withChecks(), order -> {}).getResult(String.class)).isEqualTo("ENDED");
    assertThat(conclusions).isEmpty();
  }

  @Test
  void checksNothingWithoutChecks() {
    start(admitted(Method.IN_PROCESS, RetryPolicy.DEFAULT), order -> {}).getResult(String.class);
    assertThat(checks).hasValue(0);
  }

  @Test
  void stopsTheWorkWhenItIsCancelled() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    WorkflowStub stub =
        start(
            admitted(Method.CONTAINER, RetryPolicy.DEFAULT),
            order -> {
              begun.countDown();
              while (true) {
                try {
                  Activity.getExecutionContext().heartbeat(null);
                } catch (ActivityCompletionException e) {
                  throw e;
                }
                Thread.onSpinWait();
              }
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    stub.cancel();
    assertThatThrownBy(() -> stub.getResult(String.class))
        .hasCauseInstanceOf(CanceledFailure.class); // so that Temporal's lists show it as cancelled
    assertThat(conclusions).containsExactly(Conclusion.cancelled("e1"));
  }

  @Test
  void endsWithoutWorkWhenAdmissionSaysSo() {
    record Case(Admission admission, List<Conclusion> conclusions) {}

    List<Case> cases =
        List.of(
            new Case(new Admission.Ended(), List.of()),
            new Case(new Admission.Cancelled(), List.of(Conclusion.cancelled("e1"))),
            new Case(
                new Admission.Refused(FailureCode.INTERNAL, "no version 7"),
                List.of(Conclusion.failed("e1", FailureCode.INTERNAL, "no version 7"))));
    for (Case each : cases) {
      stopTemporal();
      startTemporal();
      conclusions.clear();
      start(each.admission(), order -> attempts.incrementAndGet()).getResult(String.class);
      assertThat(conclusions).isEqualTo(each.conclusions());
    }
    assertThat(attempts).hasValue(0);
  }

  @Test
  void waitsForAStoreThatIsAway() {
    AtomicInteger asked = new AtomicInteger();
    Admission.Admitted admitted = admitted(Method.IN_PROCESS, RetryPolicy.DEFAULT);
    start(
            id -> {
              if (asked.incrementAndGet() < 4) {
                throw new IllegalStateException("no connection");
              }
              return admitted;
            },
            order -> attempts.incrementAndGet())
        .getResult(String.class);
    assertThat(asked).hasValue(4);
    assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException held() {
    return ApplicationFailure.newNonRetryableFailure("it is paused", AttemptActivity.HELD);
  }

  private static void resumeOnce(WorkflowStub workflow, BooleanSupplier isHeld) {
    Awaitility.await().until(isHeld::getAsBoolean);
    workflow.signal("pause"); // nothing hears it
    workflow.signal(Signals.RESUME);
  }

  @Test
  void waitsAtItsAdmissionUntilItIsResumed() {
    AtomicInteger admissions = new AtomicInteger();
    WorkflowStub workflow =
        start(
            id ->
                admissions.incrementAndGet() == 1
                    ? new Admission.Held()
                    : admitted(Method.CONTAINER, RetryPolicy.DEFAULT),
            order -> attempts.incrementAndGet());
    resumeOnce(workflow, () -> admissions.get() == 1);
    assertThat(workflow.getResult(String.class)).isEqualTo("WORKED");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void waitsBeforeAnAttemptUntilItIsResumed() {
    for (Method method : Method.values()) {
      stopTemporal();
      startTemporal();
      attempts.set(0);
      conclusions.clear();
      WorkflowStub workflow =
          start(
              admitted(method, RetryPolicy.DEFAULT),
              order -> {
                if (attempts.incrementAndGet() == 1) {
                  throw held();
                }
              });
      resumeOnce(workflow, () -> attempts.get() == 1);
      assertThat(workflow.getResult(String.class)).isEqualTo("WORKED");
      assertThat(attempts).hasValue(2);
      assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
    }
  }

  @Test
  void waitsWithItsEndUntilItIsResumed() {
    heldConclusions = 1;
    WorkflowStub workflow =
        start(admitted(Method.CONTAINER, RetryPolicy.DEFAULT), order -> attempts.incrementAndGet());
    resumeOnce(workflow, () -> conclusions.size() == 1);
    assertThat(workflow.getResult(String.class)).isEqualTo("WORKED");
    assertThat(conclusions).containsExactly(Conclusion.worked("e1"), Conclusion.worked("e1"));
  }

  @Test
  void isCancelledWhileItIsHeld() {
    WorkflowStub workflow =
        start(
            admitted(Method.CONTAINER, RetryPolicy.DEFAULT),
            order -> {
              attempts.incrementAndGet();
              throw held();
            });
    Awaitility.await().until(() -> attempts.get() == 1);
    workflow.cancel();
    assertThatThrownBy(() -> workflow.getResult(String.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(conclusions).containsExactly(Conclusion.cancelled("e1"));
  }

  @Test
  void staysHeldWhenTheStoreSaysSo() {
    AtomicInteger admissions = new AtomicInteger();
    WorkflowStub workflow =
        start(
            id -> {
              admissions.incrementAndGet();
              return new Admission.Held();
            },
            order -> attempts.incrementAndGet());
    for (int times = 1; times <= 3; times++) {
      int asked = times;
      Awaitility.await().until(() -> admissions.get() == asked);
      workflow.signal(Signals.RESUME);
    }
    Awaitility.await().until(() -> admissions.get() == 4);
    assertThat(attempts).hasValue(0);
    workflow.cancel();
    assertThatThrownBy(() -> workflow.getResult(String.class))
        .hasCauseInstanceOf(CanceledFailure.class);
  }
}
