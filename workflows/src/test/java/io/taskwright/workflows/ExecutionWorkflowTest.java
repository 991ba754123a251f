package io.taskwright.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptOrder;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.Conclusion.Ending;
import io.taskwright.workflows.contract.RecorderActivity;
import io.taskwright.workflows.contract.RetryRule;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutionWorkflowTest extends WorkflowRuns {
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
}
