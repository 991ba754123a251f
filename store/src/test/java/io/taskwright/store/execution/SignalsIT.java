package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.NewExecution.StartKey;
import io.taskwright.store.execution.Signals.Reply;
import io.taskwright.store.execution.Signals.Sending;
import io.taskwright.store.execution.StartLimits.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SignalsIT extends StoredExecutions {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration QUEUE = Duration.ofMinutes(10);

  @Autowired Signals signals;
  @Autowired Waits waits;
  @Autowired Repairs repairs;

  private ExecutionId awaiting(
      String pool, @Nullable Instant dueAt, StartLimits limits, Map<String, Duration> awaits) {
    NewExecution execution =
        new NewExecution(
            new ExecutionId(Ids.next()),
            MINE,
            new TaskId(Ids.next()),
            "t",
            1,
            pool,
            3,
            "{}",
            Map.of(),
            Origin.start(ADA),
            dueAt,
            QUEUE,
            null,
            false,
            List.of(),
            CacheUse.USE,
            limits,
            awaits);
    assertThat(intake.accept(execution)).isInstanceOf(Intake.Acceptance.Accepted.class);
    return execution.id();
  }

  private ExecutionId awaiting(String pool, Map<String, Duration> awaits) {
    return awaiting(pool, null, StartLimits.NONE, awaits);
  }

  private Reply send(ExecutionId id, String name) {
    return send(id, name, "null", null);
  }

  private Reply send(ExecutionId id, String name, String payload, @Nullable StartKey key) {
    return signals.send(new Sending(MINE, id, ADA, name, payload, key, QUEUE));
  }

  private Duration left(ExecutionId id) {
    return jdbc.sql("select extract(epoch from start_by - now()) from execution where id = ?")
        .param(id.value())
        .query((row, n) -> Duration.ofSeconds(row.getLong(1)))
        .single();
  }

  private List<String> types(ExecutionId id) {
    return events.after(id, 0, 100).stream().map(event -> event.type()).toList();
  }

  @Test
  void holdsAnExecutionUntilTheLastSignalHasCome() {
    ExecutionId id = awaiting("await", Map.of("a", HOUR, "b", Duration.ofDays(1)));
    dispatch.promoteDue();
    assertThat(claim("await", 5)).isEmpty();
    assertThat(view(id).awaits()).containsExactly("a", "b");
    assertThat(waits.of(id).orElseThrow().reason()).startsWith("the signals 'a', 'b' until ");
    assertThat(left(id)).isBetween(HOUR.minusMinutes(2), HOUR);

    assertThat(send(id, "note")).isInstanceOf(Reply.Sent.class);
    assertThat(send(id, "a")).isInstanceOf(Reply.Sent.class);
    assertThat(left(id)).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    assertThat(send(id, "a")).as("again").isInstanceOf(Reply.Sent.class);
    dispatch.promoteDue();
    assertThat(claim("await", 5)).isEmpty();
    assertThat(waits.of(id).orElseThrow().reason()).startsWith("the signal 'b' until ");

    assertThat(send(id, "b")).isInstanceOf(Reply.Sent.class);
    assertThat(left(id)).isBetween(QUEUE.minusMinutes(2), QUEUE);
    assertThat(claim("await", 5)).containsExactly(id);
    assertThat(types(id))
        .containsExactly(
            "status", "waiting", "signal", "signal", "waiting", "signal", "signal", "status");
    assertThat(signals.list(id, 1, 2))
        .extracting(Signals.Kept::number, Signals.Kept::name)
        .containsExactly(tuple(2, "a"), tuple(3, "a"));
  }

  @Test
  void waitsForItsStartTimeToo() {
    ExecutionId id =
        awaiting("await-due", Instant.now().plusSeconds(600), StartLimits.NONE, Map.of("go", HOUR));
    send(id, "go");
    dispatch.promoteDue();
    assertThat(claim("await-due", 5)).isEmpty();
    assertThat(waits.of(id).orElseThrow().reason()).startsWith("its start time");
    assertThat(left(id)).isGreaterThan(QUEUE.plusMinutes(8));
    jdbc.sql("update execution set due_at = now() where id = ?").param(id.value()).update();
    assertThat(dispatch.promoteDue()).isPositive();
    assertThat(claim("await-due", 5)).containsExactly(id);
  }

  @Test
  void failsWhatIsNotToldInTime() {
    ExecutionId id = awaiting("await-late", Map.of("b", HOUR, "a", HOUR));
    jdbc.sql("update execution set start_by = now() - interval '1 second' where id = ?")
        .param(id.value())
        .update();
    assertThat(dispatch.expire(100)).isPositive();
    assertThat(view(id).status()).isEqualTo(Status.FAILED);
    assertThat(view(id).failure())
        .contains("TIMEOUT", "it was not told in time: 'a', 'b'; nothing was run");
    assertThat(send(id, "a")).isEqualTo(new Reply.Ended(Status.FAILED));
  }

  @Test
  void takesNoPlaceOfALimitBeforeItWasTold() {
    StartLimits one = new StartLimits(new Place(UUID.randomUUID(), null, 1, OnLimit.REJECT), null);
    ExecutionId first = awaiting("await-limit", null, one, Map.of("go", HOUR));
    ExecutionId second = awaiting("await-limit", null, one, Map.of("go", HOUR));
    send(second, "go");
    assertThat(
            jdbc.sql("select count(*) from limit_check where gate = ?")
                .param(one.place().id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(view(first).awaits()).containsExactly("go");
  }

  @Test
  void takesSignalsWhileItIsPaused() {
    ExecutionId id = awaiting("await-pause", Map.of("go", HOUR));
    commands.pause(new Order(MINE, id, ADA, ""));
    assertThat(send(id, "go"))
        .isInstanceOfSatisfying(
            Reply.Sent.class, sent -> assertThat(sent.signal().status()).isEqualTo(Status.PAUSED));
    assertThat(claim("await-pause", 5)).isEmpty();
    commands.resume(new Order(MINE, id, ADA, ""));
    assertThat(claim("await-pause", 5)).containsExactly(id);
    assertThat(left(id)).isBetween(QUEUE.minusMinutes(2), QUEUE.plusMinutes(1));
  }

  @Test
  void keepsOneUnderOneKey() {
    ExecutionId id = accepted("signal-key");
    StartKey key = new StartKey("k", new byte[] {1});
    Reply first = send(id, "go", "1", key);
    assertThat(send(id, "go", "1", key)).isEqualTo(first);
    assertThat(send(id, "go", "2", new StartKey("k", new byte[] {2})))
        .isEqualTo(new Reply.Conflict());
    commands.terminate(new Order(MINE, id, ADA, ""));
    assertThat(send(id, "go", "1", key)).as("after the end").isEqualTo(first);
    assertThat(signals.list(id, 0, 10)).hasSize(1);
    assertThat(signals.send(new Sending(new Project("other"), id, ADA, "go", "1", key, QUEUE)))
        .isEqualTo(new Reply.Absent());
  }

  @Test
  void keepsOnlySoManyAndSoMuch() {
    ExecutionId id = accepted("signal-full");
    for (int n = 0; n < Signals.MOST; n++) {
      assertThat(send(id, "go")).isInstanceOf(Reply.Sent.class);
    }
    assertThat(send(id, "go")).isInstanceOf(Reply.Full.class);

    ExecutionId much = accepted("signal-full");
    String half = "\"" + "x".repeat(Signals.MOST_BYTES / 2) + "\"";
    assertThat(send(much, "go", half, null)).isInstanceOf(Reply.Sent.class);
    assertThat(send(much, "go", half, null)).isInstanceOf(Reply.Full.class);
    assertThat(send(much, "go")).isInstanceOf(Reply.Sent.class);
  }

  @Test
  void tellsAttemptsWhatCameBeforeThem() {
    ExecutionId id = accepted("signal-told");
    send(id, "go", "{\"n\":1.50}", null);
    claim("signal-told", 1);
    ExecutionToken grant = ExecutionToken.fresh(id);
    admissions.admit(grant, ROUTE);
    assertThat(attempts.open(ExecutionToken.fresh(id), NEVER, RESOURCES, "here")).isEqualTo(FIRST);
    send(id, "late");
    assertThat(signals.before(id, 1))
        .contains("\"seq\" : 1", "{\"n\":1.50}", "\"by\" : \"" + ADA)
        .doesNotContain("late");
  }

  @Test
  void repairsWhatItWaitsFor() {
    ExecutionId id = awaiting("await-repair", Map.of("a", HOUR, "b", HOUR));
    send(id, "a");
    jdbc.sql("update execution set status = 'RUNNING', awaits = null, due = true where id = ?")
        .param(id.value())
        .update();
    assertThat(repairs.repair(id).orElseThrow()).containsExactly("status", "signals");
    assertThat(view(id).awaits()).containsExactly("b");
    assertThat(claim("await-repair", 5)).isEmpty();
    send(id, "b");
    jdbc.sql("update execution set awaits = '{\"a\": 5}', status = 'PAUSED' where id = ?")
        .param(id.value())
        .update();
    assertThat(repairs.repair(id).orElseThrow()).containsExactly("status", "signals");
    assertThat(claim("await-repair", 5)).containsExactly(id);
    assertThat(repairs.repair(id).orElseThrow()).isEmpty();
  }
}
