package io.taskwright.workflows;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.CheckActivity;
import io.taskwright.workflows.contract.Queues;
import io.taskwright.workflows.contract.RetryRule;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns an admission into the activity that does the work. */
final class Stubs {
  /** A worker that is silent for so long is lost. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** What an attempt may need beyond its own time: to fetch its code, and to be killed. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final Duration LEAST = Duration.ofSeconds(1);

  private Stubs() {}

  static AttemptActivity attempts(Admission.Admitted admitted) {
    return switch (admitted.method()) {
      case CONTAINER, FAAS -> Workflow.newActivityStub(AttemptActivity.class, onPool(admitted));
      case IN_PROCESS -> Workflow.newLocalActivityStub(AttemptActivity.class, here(admitted));
    };
  }

  /** Checks look into the store as well, and wait for it as patiently. */
  static CheckActivity checks(LocalActivityOptions record, Duration time) {
    return Workflow.newLocalActivityStub(
        CheckActivity.class,
        LocalActivityOptions.newBuilder(record)
            .setStartToCloseTimeout(record.getStartToCloseTimeout().plus(time))
            .build());
  }

  private static ActivityOptions onPool(Admission.Admitted admitted) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(Queues.pool(admitted.pool()))
        .setScheduleToStartTimeout(until(admitted.startBy()))
        .setStartToCloseTimeout(admitted.order().timeout().plus(MARGIN))
        .setScheduleToCloseTimeout(until(admitted.endBy()))
        .setHeartbeatTimeout(HEARTBEAT)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retry(admitted.retry()))
        .setSummary("on pool " + admitted.pool())
        .build();
  }

  private static LocalActivityOptions here(Admission.Admitted admitted) {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(admitted.order().timeout().plus(Duration.ofSeconds(10)))
        .setScheduleToCloseTimeout(until(admitted.endBy()))
        .setLocalRetryThreshold(Duration.ofSeconds(5))
        .setRetryOptions(retry(admitted.retry()))
        .build();
  }

  private static RetryOptions retry(RetryRule rule) {
    return RetryOptions.newBuilder()
        .setMaximumAttempts(rule.maxRetries() + 1)
        .setInitialInterval(atLeastAMillisecond(rule.retryInterval()))
        .setBackoffCoefficient(rule.backoffMultiplier())
        .setMaximumInterval(atLeastAMillisecond(rule.maxInterval()))
        .setDoNotRetry(finals(rule))
        .build();
  }

  /** Temporal knows failures by their type, and its own timeouts by a prefix. */
  private static String[] finals(RetryRule rule) {
    List<String> types = new ArrayList<>();
    for (FailureCode code : FailureCode.values()) {
      if (!rule.retryableErrors().contains(code)) {
        types.add(code.name());
      }
    }
    if (!rule.retryableErrors().contains(FailureCode.WORKER_LOST)) {
      types.add("TemporalTimeout:Heartbeat");
    }
    if (!rule.retryableErrors().contains(FailureCode.TIMEOUT)) {
      types.add("TemporalTimeout:StartToClose");
    }
    return types.toArray(String[]::new);
  }

  private static Duration atLeastAMillisecond(Duration duration) {
    return duration.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : duration;
  }

  private static Duration until(Instant deadline) {
    Duration left = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), deadline);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }
}
