package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskwright.model.BatchId;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.batch.Operation;
import io.taskwright.model.batch.Pace;
import io.taskwright.store.Ids;
import io.taskwright.store.batch.Batch;
import io.taskwright.store.batch.Batches;
import io.taskwright.store.batch.Deed;
import io.taskwright.store.batch.Item;
import io.taskwright.store.batch.NewBatch;
import io.taskwright.store.batch.Selection;
import io.taskwright.store.batch.Turns;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.workflows.contract.BatchStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BatchActivitiesIT extends StoredTasks {
  private static final BatchStep OVER = new BatchStep(true, Duration.ZERO);

  @Autowired Batches batches;
  @Autowired Turns turns;

  private final List<ExecutionId> done = new ArrayList<>();
  private final BatchId batch = new BatchId(Ids.next());
  private List<ExecutionId> all = List.of();

  @BeforeEach
  void makeThree() {
    TaskVersion task = task("{'name':'t','automated':{'runtime':'javascript','source':'.'}}");
    all = IntStream.range(0, 3).mapToObj(i -> dispatched(task, "{}")).toList();
  }

  private void create(Pace pace) {
    batches.create(
        new NewBatch(
            batch,
            MINE,
            "tidy",
            new Operation.Control(Operation.Command.CANCEL, "tidy"),
            new Selection.Named(all),
            null,
            pace,
            OptionalInt.empty(),
            "ada",
            null));
  }

  private BatchStep step(Deed deed) {
    return new BatchActivities(turns, deed).step(batch.toString());
  }

  private Item.Result note(Batch of, ExecutionId on) {
    assertThat(of.id()).isEqualTo(batch);
    done.add(on);
    return new Item.Result.Done(null);
  }

  private Batch stored() {
    return batches.find(MINE, batch).orElseThrow();
  }

  @Test
  void givesEachItsTurnAtTheBatchsPace() {
    create(new Pace(2, Duration.ZERO));
    assertThat(step(this::note)).isEqualTo(new BatchStep(false, Duration.ofSeconds(1)));
    assertThat(done).isEqualTo(all.subList(0, 2));
    assertThat(stored().state()).isEqualTo(Batch.State.RUNNING);
    assertThat(step(this::note)).isEqualTo(OVER);
    assertThat(done).isEqualTo(all);
    assertThat(stored().state()).isEqualTo(Batch.State.COMPLETED);
    assertThat(step(this::note)).isEqualTo(OVER);
    assertThat(stored().counts()).isEqualTo(new Batch.Counts(3, 3, 0, 0));
  }

  @Test
  void goesOnAfterOneThatFails() {
    create(Pace.FREE);
    assertThat(
            step((of, on) -> {
              if (on.equals(all.getFirst())) {
                throw new IllegalStateException("nobody foresaw this");
              }
              return note(of, on);
            }))
        .isEqualTo(OVER);
    assertThat(stored().counts()).isEqualTo(new Batch.Counts(3, 2, 1, 0));
    assertThat(batches.items(batch, Item.Status.FAILED, 0, 9))
        .extracting(Item::execution, Item::code)
        .containsExactly(tuple(all.getFirst(), "INTERNAL"));
  }

  @Test
  void doesNothingMoreOnceItIsEndedEarly() {
    create(new Pace(1, Duration.ZERO));
    assertThat(step(this::note).ended()).isFalse();
    batches.abort(MINE, batch, "ada", "enough");
    assertThat(step(this::note)).isEqualTo(OVER);
    assertThat(done).containsExactly(all.getFirst());
    assertThat(stored().state()).isEqualTo(Batch.State.ABORTED);
  }

  @Test
  void doesNothingForWhatIsNoBatch() {
    assertThat(step(this::note)).isEqualTo(OVER);
    assertThat(new BatchActivities(turns, this::note).step("nonsense")).isEqualTo(OVER);
    assertThat(done).isEmpty();
  }
}
