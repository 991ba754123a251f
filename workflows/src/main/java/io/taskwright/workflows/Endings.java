package io.taskwright.workflows;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.Conclusion;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Arrays;

/** Reads what Temporal says of failed work. */
final class Endings {
  private Endings() {}

  /** Whether the attempt did not begin, because the execution is held. */
  static boolean held(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure held
        && held.getType().equals(AttemptActivity.HELD);
  }

  static Conclusion of(String execution, ActivityFailure failure) {
    return switch (failure.getCause()) {
      case CanceledFailure cancelled -> Conclusion.cancelled(execution);
      case TimeoutFailure timeout -> timeout(execution, timeout.getTimeoutType());
      case ApplicationFailure application ->
          Conclusion.failed(
              execution, code(application.getType()), application.getOriginalMessage());
      case null, default ->
          Conclusion.failed(
              execution, FailureCode.INTERNAL, "the attempt failed in a way nobody foresaw");
    };
  }

  private static Conclusion timeout(String execution, TimeoutType type) {
    return switch (type) {
      case TIMEOUT_TYPE_HEARTBEAT ->
          Conclusion.failed(
              execution, FailureCode.WORKER_LOST, "the worker went silent; what it did is unknown");
      case TIMEOUT_TYPE_SCHEDULE_TO_START ->
          Conclusion.failed(
              execution, FailureCode.TIMEOUT, "no worker took the work within timeouts.queue");
      case TIMEOUT_TYPE_SCHEDULE_TO_CLOSE ->
          Conclusion.failed(
              execution, FailureCode.TIMEOUT, "the execution took longer than timeouts.total");
      default ->
          Conclusion.failed(
              execution,
              FailureCode.TIMEOUT,
              "the attempt took longer than timeoutSeconds and its worker did not end it");
    };
  }

  private static FailureCode code(String type) {
    return Arrays.stream(FailureCode.values())
        .filter(code -> code.name().equals(type))
        .findFirst()
        .orElse(FailureCode.INTERNAL);
  }
}
