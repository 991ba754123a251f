package io.taskwright.activities;

import io.taskwright.model.BatchId;
import io.taskwright.store.batch.Batch;
import io.taskwright.store.batch.Deed;
import io.taskwright.store.batch.Turns;
import io.taskwright.store.batch.Turns.Turn;
import io.taskwright.workflows.contract.BatchActivity;
import io.taskwright.workflows.contract.BatchStep;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Gives the executions of batches their turns, as fast as each batch may go. */
public final class BatchActivities implements BatchActivity {
  /** A step is over by then, however slow the store is: the workflow must hear of it. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Nobody knows when a limit lets the next one through: it is asked again before long. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Turns turns;
  private final Deed deed;

  /**
   * @param deed does what batches say
   */
  public BatchActivities(Turns turns, Deed deed) {
    this.turns = turns;
    this.deed = deed;
  }

  @Override
  public BatchStep step(String id) {
    Optional<Batch> batch = BatchId.parse(id).flatMap(turns::going);
    if (batch.isEmpty()) {
      return new BatchStep(true, Duration.ZERO);
    }
    int most = batch.get().pace().atOnce();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    int done = 0;
    Duration limited = Duration.ZERO;
    do {
      switch (turns.next(batch.get(), deed)) {
        case Turn.Taken() -> done++;
        case Turn.None() -> {
          return new BatchStep(true, Duration.ZERO);
        }
        case Turn.Later(Duration pause) -> limited = shorter(pause, LONGEST_WAIT);
      }
    } while (limited.isZero() && done < most && System.nanoTime() < deadline);
    double chance = ThreadLocalRandom.current().nextDouble();
    Duration paced = batch.get().pace().pause(done, chance);
    return new BatchStep(false, limited.compareTo(paced) > 0 ? limited : paced);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
