package io.taskwright.store.batch;

import io.taskwright.model.BatchId;
import io.taskwright.model.Project;
import io.taskwright.model.batch.Operation;
import io.taskwright.model.batch.Pace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation on many executions, as it stands.
 *
 * @param filter JSON that chose the executions; null if they were named
 * @param by the name of the API key that asked for it
 * @param startedAt when the first one was done
 * @param abortedBy who ended it early
 */
public record Batch(
    BatchId id,
    Project project,
    String name,
    Operation operation,
    @Nullable String filter,
    Pace pace,
    State state,
    Counts counts,
    String by,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String abortedBy,
    @Nullable String abortReason) {
  /** Where a batch is. */
  public enum State {
    /** Stored; nothing is done yet. */
    RECEIVED,
    RUNNING,
    /** Every execution had its turn. */
    COMPLETED,
    /** Somebody ended it early; what had no turn stays untouched. */
    ABORTED
  }

  /** What came of its executions so far. */
  public record Counts(int total, int succeeded, int failed, int skipped) {
    /** How many had their turn. */
    public int done() {
      return succeeded + failed + skipped;
    }
  }
}
