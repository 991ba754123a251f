package io.taskwright.workflows;

import io.taskwright.model.execution.Status;
import io.taskwright.workflows.contract.Admission;
import io.taskwright.workflows.contract.AttemptOrder;
import io.taskwright.workflows.contract.CheckActivity;
import io.taskwright.workflows.contract.Conclusion;
import io.taskwright.workflows.contract.RecordActivity;
import io.taskwright.workflows.contract.RecorderActivity;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs one execution from admission to its end. */
final class Execution {
  /** The store may be away for long; an execution waits for it rather than fail. */
  static final LocalActivityOptions RECORD =
      LocalActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(30))
          .setLocalRetryThreshold(Duration.ofSeconds(20))
          .setRetryOptions(
              RetryOptions.newBuilder()
                  .setMaximumAttempts(Integer.MAX_VALUE) // unset, a local activity is tried once
                  .setInitialInterval(Duration.ofMillis(200))
                  .setMaximumInterval(Duration.ofSeconds(10))
                  .build())
          .build();

  private static final String HELD = Status.PAUSED.name();

  private final String id;
  private final Gate gate;
  private final Gate checked;
  private final RecordActivity record = Workflow.newLocalActivityStub(RecordActivity.class, RECORD);
  private final RecorderActivity recorder =
      Workflow.newLocalActivityStub(RecorderActivity.class, RECORD);

  /**
   * @param gate where it waits while it is paused
   * @param checked where it waits while another one checks it
   */
  Execution(String id, Gate gate, Gate checked) {
    this.id = id;
    this.gate = gate;
    this.checked = checked;
  }

  /**
   * Goes its way again after each pause: the store knows what was done already.
   *
   * @return the status that the execution has ended in
   */
  String run() {
    while (true) {
      long heard = gate.knocks();
      String status = goThrough();
      if (!status.equals(HELD)) {
        return status;
      }
      try {
        gate.await(heard);
      } catch (CanceledFailure e) {
        return conclude(Conclusion.cancelled(id));
      }
    }
  }

  private String goThrough() {
    return switch (shielded(() -> record.admit(id))) {
      case Admission.Admitted admitted ->
          work(Stubs.attempts(admitted)::attempt, admitted.order())
              .map(seen -> checked(admitted, seen))
              .orElse(HELD);
      case Admission.Recorded recorded ->
          work(recorder::record, recorded.order()).map(this::conclude).orElse(HELD);
      case Admission.Refused refused ->
          conclude(Conclusion.failed(id, refused.code(), refused.message()));
      case Admission.Cancelled cancelled -> conclude(Conclusion.cancelled(id));
      case Admission.Held held -> HELD;
      case Admission.Ended ended -> "ENDED";
    };
  }

  /** How the work ended; empty if it did not, because the execution is held. */
  private Optional<Conclusion> work(Consumer<AttemptOrder> attempts, AttemptOrder order) {
    try {
      attempts.accept(order);
      return Optional.of(Conclusion.worked(id));
    } catch (CanceledFailure e) {
      return Optional.of(Conclusion.cancelled(id));
    } catch (ActivityFailure e) {
      return Endings.held(e) ? Optional.empty() : Optional.of(Endings.of(id, e));
    }
  }

  /** What was worked is checked first, if the definition asks for it. */
  private String checked(Admission.Admitted admitted, Conclusion seen) {
    Duration time = admitted.checks();
    if (time == null || seen.ending() == Conclusion.Ending.CANCELLED) {
      return conclude(seen);
    }
    CheckActivity checks = Stubs.checks(RECORD, time);
    while (true) {
      long heard = checked.knocks();
      switch (shielded(() -> checks.check(id))) {
        case PASSED -> {
          return conclude(Conclusion.worked(id));
        }
        case NOTHING_DONE -> {
          return conclude(seen);
        }
        case HELD -> {
          return HELD;
        }
        case ENDED -> {
          return "ENDED";
        }
        case WAITING -> {
          try {
            checked.await(heard, shielded(() -> checks.patience(id)));
          } catch (CanceledFailure e) {
            return conclude(Conclusion.cancelled(id));
          }
        }
      }
    }
  }

  private String conclude(Conclusion conclusion) {
    return shielded(() -> record.conclude(conclusion));
  }

  /** What is read and written in the store is done even when the workflow was cancelled. */
  private static <T> T shielded(Supplier<T> call) {
    AtomicReference<T> result = new AtomicReference<>();
    Workflow.newDetachedCancellationScope(() -> result.set(call.get())).run();
    return result.get();
  }
}
