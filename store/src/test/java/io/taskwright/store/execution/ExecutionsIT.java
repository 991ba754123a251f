package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import io.taskwright.store.Notices;
import io.taskwright.store.execution.Commands.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ExecutionsIT extends StoredExecutions {
  @Autowired Notices notices;

  @Test
  void listsByEachFilter() {
    NewExecution one = execution("list", 3, null);
    intake.accept(one);
    Executions.Filter all =
        new Executions.Filter(one.task(), null, Map.of("team", "blue"), null, null, "some", null);
    assertThat(executions.page(MINE, all, 10))
        .extracting(ExecutionView::id)
        .containsExactly(one.id());
    assertThat(
            executions.page(
                MINE,
                new Executions.Filter(
                    one.task(),
                    Status.RECEIVED,
                    Map.of(),
                    Instant.now().minusSeconds(60),
                    Instant.now().plusSeconds(60),
                    one.id().toString(),
                    new ExecutionId(Ids.next())),
                10))
        .hasSize(1);
    for (Map<String, String> labels : List.of(Map.of("team", "red"), Map.of("x", "y"))) {
      assertThat(
              executions.page(
                  MINE, new Executions.Filter(one.task(), null, labels, null, null, "", null), 10))
          .isEmpty();
    }
  }

  @Test
  void wakesWhoWatches() throws Exception {
    ExecutionId id = accepted("watch");
    CountDownLatch woken = new CountDownLatch(1);
    Notices.Subscription ear =
        notices.on(
            Notices.Channel.EXECUTION,
            payload -> {
              if (payload.equals(id.toString())) {
                woken.countDown();
              }
            });
    executions.watch(MINE, id, Duration.ofSeconds(60));
    events.add(MINE, id, line("x"));
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    ear.close();
  }

  @Test
  void wakesWhoWaitsForTheEndByTheEndAlone() throws Exception {
    ExecutionId id = accepted("await");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Notices.Subscription ear = notices.on(Notices.Channel.EXECUTION, heard::add);
    executions.awaitEnd(MINE, id, Duration.ofSeconds(60));
    events.add(MINE, id, line("x"));
    jdbc.sql("select pg_notify('execution', 'between')").query((row, n) -> 1).list();
    commands.cancel(new Order(MINE, id, ADA, "why"));
    List<String> inOrder = new ArrayList<>();
    while (!inOrder.contains(id.toString())) {
      inOrder.add(Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS)));
    }
    assertThat(inOrder).endsWith("between", id.toString());
    ear.close();
  }
}
