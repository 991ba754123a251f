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

  /** Nobody knows when a limit lets the next one through: it is asked again before long. */
  private static Duration within(Duration pause) {
    return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
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
    do {
      switch (turns.next(batch.get(), deed)) {
        case Turn.Taken() -> done++;
        case Turn.None() -> {
          return new BatchStep(true, Duration.ZERO);
        }
        case Turn.Later(Duration pause) -> {
          return new BatchStep(false, within(pause));
        }
      }
    } while (done < most && System.nanoTime() < deadline);
    double chance = ThreadLocalRandom.current().nextDouble();
    return new BatchStep(false, batch.get().pace().pause(done, chance));
  }
}
