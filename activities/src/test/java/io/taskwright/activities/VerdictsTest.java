package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.store.execution.Conclusions.Closing;
import io.taskwright.store.execution.Conclusions.LastAttempt;
import io.taskwright.store.execution.Conclusions.Request;
import io.taskwright.workflows.contract.Conclusion;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Conclusion LOST =
      Conclusion.failed("e", FailureCode.WORKER_LOST, "the worker went silent");
  private static final RetryPolicy NEVER =
      new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Set.of(FailureCode.WORKER_LOST));

  private static Closing closing(@Nullable LastAttempt last) {
    return new Closing(Optional.empty(), Optional.ofNullable(last));
  }

  private static LastAttempt failed(int number, Failure failure) {
    return new LastAttempt(number, false, false, failure);
  }

  private static String message(Outcome outcome) {
    return ((Outcome.Failed) outcome).failure().message();
  }

  @Test
  void anOutputCountsWhateverBecameOfItsWorker() {
    LastAttempt done = new LastAttempt(1, false, true, null);
    assertThat(Verdicts.decide(LOST, closing(done), RetryPolicy.DEFAULT))
        .isEqualTo(new Outcome.Completed());
    assertThat(
            Verdicts.decide(
                Conclusion.cancelled("e"),
                new Closing(Optional.of(new Request("key ada", "")), Optional.of(done)),
                RetryPolicy.DEFAULT))
        .isEqualTo(new Outcome.Completed());
  }

  @Test
  void whoAskedForItsEndIsNamed() {
    Outcome outcome =
        Verdicts.decide(
            LOST,
            new Closing(Optional.of(new Request("key ada", "too slow")), Optional.empty()),
            RetryPolicy.DEFAULT);
    assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
    assertThat(((Outcome.Cancelled) outcome).by()).hasToString("key ada");
    assertThat(((Outcome.Cancelled) outcome).reason()).isEqualTo("too slow");
  }

  @Test
  void anEndByTemporalsToolsIsTheOperators() {
    Outcome outcome =
        Verdicts.decide(Conclusion.cancelled("e"), closing(null), RetryPolicy.DEFAULT);
    assertThat(((Outcome.Cancelled) outcome).by()).hasToString("operator of Temporal");
  }

  @Test
  void aFailureSaysWhatWasTried() {
    Failure boom = Failure.of(FailureCode.CODE_ERROR, "boom");
    assertThat(
            message(
                Verdicts.decide(
                    Conclusion.failed("e", FailureCode.CODE_ERROR, "attempt failed"),
                    closing(failed(1, boom)),
                    RetryPolicy.DEFAULT)))
        .isEqualTo("boom (1 attempt was made; the retry policy does not try CODE_ERROR again)");
    assertThat(
            message(
                Verdicts.decide(
                    Conclusion.failed("e", FailureCode.ENVIRONMENT, "attempt failed"),
                    closing(failed(4, Failure.of(FailureCode.ENVIRONMENT, "no disk"))),
                    RetryPolicy.DEFAULT)))
        .isEqualTo("no disk (4 attempts were made; no retry of 3 is left)");
    assertThat(
            message(Verdicts.decide(LOST, closing(new LastAttempt(1, true, false, null)), NEVER)))
        .isEqualTo("the worker went silent (1 attempt was made; the retry policy allows no other)");
  }

  @Test
  void aTimeoutOfTheWholeIsNotThatOfAnAttempt() {
    Outcome outcome =
        Verdicts.decide(
            Conclusion.failed("e", FailureCode.TIMEOUT, "longer than timeouts.total"),
            closing(failed(2, Failure.of(FailureCode.ENVIRONMENT, "no disk"))),
            RetryPolicy.DEFAULT);
    assertThat(((Outcome.Failed) outcome).failure().code()).isEqualTo(FailureCode.TIMEOUT);
    assertThat(message(outcome)).startsWith("longer than timeouts.total");
  }

  @Test
  void workWithoutOutputOrFailureIsOurFault() {
    Outcome outcome = Verdicts.decide(Conclusion.worked("e"), closing(null), RetryPolicy.DEFAULT);
    assertThat(((Outcome.Failed) outcome).failure().code()).isEqualTo(FailureCode.INTERNAL);
  }
}
