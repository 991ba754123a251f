package io.taskwright.store.batch;

import io.taskwright.model.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a batch.
 *
 * @param number its place, from 1
 * @param made the execution that was made of it
 * @param code why it was not done, or has not been yet, as a problem's code
 */
public record Item(
    int number,
    ExecutionId execution,
    Status status,
    @Nullable ExecutionId made,
    @Nullable String code,
    @Nullable String detail,
    @Nullable Instant at) {
  /** What came of it. */
  public enum Status {
    /** It has not had its turn. */
    PENDING,
    SUCCEEDED,
    FAILED,
    /** There was nothing to do: its status does not fit, or it is gone. */
    SKIPPED
  }

  /** What came of a turn. */
  public sealed interface Result {
    /**
     * It was done.
     *
     * @param made the execution that was made, if one was
     */
    record Done(@Nullable ExecutionId made) implements Result {}

    /** There was nothing to do. */
    record Skipped(String code, String detail) implements Result {}

    /** It was refused. */
    record Failed(String code, String detail) implements Result {}

    /**
     * A limit is reached: it keeps its turn.
     *
     * @param pause before it is worth another try
     */
    record Later(String code, String detail, Duration pause) implements Result {}
  }
}
