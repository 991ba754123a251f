package io.taskwright.workflows.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether and how an execution's work is done. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Admission.Admitted.class, name = "admitted"),
  @JsonSubTypes.Type(value = Admission.Recorded.class, name = "recorded"),
  @JsonSubTypes.Type(value = Admission.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Admission.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = Admission.Held.class, name = "held"),
  @JsonSubTypes.Type(value = Admission.Ended.class, name = "ended")
})
public sealed interface Admission {
  /**
   * The work may begin.
   *
   * @param order what a worker must show to do it, and its time limit
   * @param startBy when the work must have begun
   * @param endBy when everything must be over
   * @param checks how long the checks after the work may take; null if there are none, as in
   *     histories from before there were checks
   */
  record Admitted(
      Method method,
      String pool,
      AttemptOrder order,
      RetryRule retry,
      Instant startBy,
      Instant endBy,
      @Nullable Duration checks)
      implements Admission {}

  /** The work is only noted: it is a dry run. */
  record Recorded(AttemptOrder order) implements Admission {}

  /** It cannot be run, for a reason that is not in its input. */
  record Refused(FailureCode code, String message) implements Admission {}

  /** Somebody asked for its end before it began. */
  record Cancelled() implements Admission {}

  /** Somebody paused it: to be admitted again when it is resumed. */
  record Held() implements Admission {}

  /** It has ended: rejected now, or by an earlier run of admission. */
  record Ended() implements Admission {}
}
