package io.taskwright.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.workflows.contract.Conclusion;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingsTest {
  private static Conclusion ending(@Nullable Throwable cause) {
    return Endings.of(
        "e1",
        new ActivityFailure(
            "failed", 1, 2, "Attempt", "a1", RetryState.RETRY_STATE_UNSPECIFIED, "w1", cause));
  }

  @ParameterizedTest
  @CsvSource({
    "TIMEOUT_TYPE_HEARTBEAT, WORKER_LOST, went silent",
    "TIMEOUT_TYPE_SCHEDULE_TO_START, TIMEOUT, timeouts.queue",
    "TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, TIMEOUT, timeouts.total",
    "TIMEOUT_TYPE_START_TO_CLOSE, TIMEOUT, timeoutSeconds"
  })
  void saysWhichClockRanOut(TimeoutType type, FailureCode code, String words) {
    Conclusion conclusion = ending(new TimeoutFailure("timeout", null, type));
    assertThat(conclusion.code()).isEqualTo(code);
    assertThat(conclusion.message()).contains(words);
  }

  @Test
  void takesTheCodeOfTheAttempt() {
    assertThat(ending(ApplicationFailure.newFailure("boom", "CODE_ERROR")))
        .isEqualTo(Conclusion.failed("e1", FailureCode.CODE_ERROR, "boom"));
  }

  @Test
  void callsWhatItDoesNotKnowInternal() {
    assertThat(ending(ApplicationFailure.newFailure("boom", "java.lang.Error")).code())
        .isEqualTo(FailureCode.INTERNAL);
    assertThat(ending(new IllegalStateException("boom")).code()).isEqualTo(FailureCode.INTERNAL);
    assertThat(ending(null).code()).isEqualTo(FailureCode.INTERNAL);
  }

  @Test
  void aCancelledAttemptIsACancelledExecution() {
    assertThat(ending(new CanceledFailure("stop"))).isEqualTo(Conclusion.cancelled("e1"));
  }
}
