package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Attempts.End;
import io.taskwright.store.execution.Commands.Order;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsualWayIT extends StoredExecutions {
  @Test
  void opensOneOfManyFirstAttempts() throws Exception {
    ExecutionId id = running("first");
    List<Opening> openings;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      openings =
          threads
              .invokeAll(
                  IntStream.range(0, 8)
                      .<Callable<Opening>>mapToObj(i ->
                          () -> attempts.open(ExecutionToken.fresh(id), NEVER, RESOURCES, "w" + i))
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
    }
    assertThat(openings).containsOnlyOnce(FIRST);
    assertThat(openings)
        .filteredOn(opening -> !opening.equals(FIRST))
        .containsOnly(new Opening.Exhausted(FailureCode.WORKER_LOST));
    assertThat(view(id).seq()).isEqualTo(events.after(id, 0, 100).size());
  }

  @Test
  void dropsLastWordsThatAReportHasBrought() {
    ExecutionId id = running("words");
    Attempts.Open attempt = open(id, NEVER);
    attempts.report(attempt, 1, List.of(line("said")));
    assertThat(attempts.end(attempt, 1, List.of(line("said")), new End("1", null, null, null)))
        .isTrue();
    assertThat(messages(id, "said")).hasSize(1);
  }

  @Test
  void completesOnceAndOnlyWithAnOutput() {
    ExecutionId id = running("complete");
    assertThat(conclusions.complete(id)).isFalse();
    Attempts.Open attempt = open(id, NEVER);
    assertThat(conclusions.complete(id)).isFalse();
    Fact half = Fact.progress(Instant.now(), 0.5, "half");
    attempts.end(attempt, 1, List.of(half), new End("{\"ok\":1}", null, null, "e"));
    commands.cancel(new Order(MINE, id, ADA, "too late"));
    assertThat(conclusions.complete(id)).isTrue();
    assertThat(conclusions.complete(id)).isFalse();
    assertThat(view(id).status()).isEqualTo(Status.COMPLETED);
    assertThat(view(id).output()).isEqualTo("{\"ok\":1}");
    assertThat(view(id).progress()).contains("half");
  }
}
