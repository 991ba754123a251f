package io.taskwright.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Method;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.Signals;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HeldExecutionWorkflowTest extends WorkflowRuns {
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
