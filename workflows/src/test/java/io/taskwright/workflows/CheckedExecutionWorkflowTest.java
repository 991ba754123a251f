package io.taskwright.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.CheckActivity;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.Conclusion.Ending;
import io.taskwright.workflows.contract.Signals;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CheckedExecutionWorkflowTest extends WorkflowRuns {
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

  /** Checked by something that takes so many looks. */
  private WorkflowStub checkedFor(int looks) {
    checking =
        () -> checks.get() < looks ? CheckActivity.Checked.WAITING : CheckActivity.Checked.PASSED;
    return start(withChecks(), order -> attempts.incrementAndGet());
  }

  @Test
  void looksAgainWhenItIsToldThatItsCheckHasEnded() {
    WorkflowStub workflow = checkedFor(2);
    Awaitility.await().until(() -> checks.get() == 1);
    long before = temporal.currentTimeMillis();
    workflow.signal(Signals.CHECK_ENDED);
    assertThat(workflow.getResult(String.class)).isEqualTo("WORKED");
    assertThat(temporal.currentTimeMillis() - before).isLessThan(60_000);
    assertThat(attempts).hasValue(1);
    assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
  }

  @Test
  void looksAgainAfterAWhileIfItIsToldNothing() {
    long before = temporal.currentTimeMillis();
    assertThat(checkedFor(4).getResult(String.class)).isEqualTo("WORKED");
    assertThat(checks).hasValue(4);
    assertThat(temporal.currentTimeMillis() - before).isGreaterThanOrEqualTo(180_000);
    assertThat(conclusions).containsExactly(Conclusion.worked("e1"));
  }

  @Test
  void isCancelledWhileItIsChecked() {
    WorkflowStub workflow = checkedFor(Integer.MAX_VALUE);
    Awaitility.await().until(() -> checks.get() == 1);
    workflow.cancel();
    assertThatThrownBy(() -> workflow.getResult(String.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(conclusions).containsExactly(Conclusion.cancelled("e1"));
  }
}
