package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.Ids;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.NewExecution.StartKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeIT extends StoredExecutions {
  @Test
  void acceptsOneOfAHundredStartsWithTheSameKey() throws Exception {
    TaskId task = new TaskId(Ids.next());
    Set<ExecutionId> ids;
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      ids =
          threads
              .invokeAll(
                  IntStream.range(0, 100)
                      .<Callable<ExecutionId>>mapToObj(
                          i -> () -> id(intake.accept(keyed(task, "same", (byte) 1))))
                      .toList())
              .stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
    }
    assertThat(ids).hasSize(1);
    assertThat(
            jdbc.sql("select count(*) from execution where task_id = ?")
                .param(task.value())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    assertThat(intake.accept(keyed(task, "same", (byte) 2)))
        .isInstanceOf(Acceptance.Conflict.class);
    assertThat(intake.accept(keyed(task, "another", (byte) 2)))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void takesManyInWithOneCommitAndKnowsThoseThatCameBefore() {
    TaskId task = new TaskId(Ids.next());
    ExecutionId before = id(intake.accept(keyed(task, "b", (byte) 1)));
    List<NewExecution> all =
        List.of(
            execution("many", 3, null),
            keyed(task, "c", (byte) 1),
            keyed(task, "b", (byte) 1),
            keyed(task, "b", (byte) 2),
            keyed(task, "a", (byte) 1),
            keyed(task, "c", (byte) 1));
    List<Acceptance> came = intake.acceptAll(all);
    assertThat(came)
        .containsExactly(
            new Acceptance.Accepted(all.get(0).id()),
            new Acceptance.Accepted(all.get(1).id()),
            new Acceptance.Repeated(before, 1),
            new Acceptance.Conflict(),
            new Acceptance.Accepted(all.get(4).id()),
            new Acceptance.Repeated(all.get(1).id(), 1));
    assertThat(view(all.get(0).id()).labels()).contains("blue");
    assertThat(events.after(all.get(4).id(), 0, 10)).hasSize(1);
    assertThat(executions.find(MINE, all.get(5).id())).isEmpty();
  }

  @Test
  void batchesWithTheSameKeysInAnotherOrderDoNotHoldEachOtherUp() throws Exception {
    TaskId task = new TaskId(Ids.next());
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<List<Acceptance>>> batches =
          IntStream.range(0, 16)
              .<Callable<List<Acceptance>>>mapToObj(turn ->
                  () ->
                      intake.acceptAll(
                          IntStream.range(0, 50)
                              .map(i -> turn % 2 == 0 ? i : 49 - i)
                              .mapToObj(i -> keyed(task, "k" + i, (byte) 1))
                              .toList()))
              .toList();
      for (Future<List<Acceptance>> batch : threads.invokeAll(batches)) {
        assertThat(batch.get()).hasSize(50);
      }
    }
    assertThat(
            jdbc.sql("select count(*) from execution where task_id = ?")
                .param(task.value())
                .query(Integer.class)
                .single())
        .isEqualTo(50);
  }

  private static NewExecution keyed(TaskId task, String key, byte print) {
    NewExecution some = execution("keyed", 3, new StartKey(key, new byte[] {print}));
    return new NewExecution(
        some.id(),
        MINE,
        task,
        "t",
        1,
        "keyed",
        3,
        "{}",
        Map.of(),
        Origin.start(ADA),
        null,
        Duration.ofHours(1),
        some.key(),
        false,
        List.of(),
        CacheUse.USE);
  }

  private static ExecutionId id(Acceptance acceptance) {
    return switch (acceptance) {
      case Acceptance.Accepted(ExecutionId id) -> id;
      case Acceptance.Repeated(ExecutionId id, int version) -> id;
      case Acceptance.Conflict() -> throw new AssertionError("conflict");
      case Acceptance.Refused refused -> throw new AssertionError(refused);
    };
  }
}
