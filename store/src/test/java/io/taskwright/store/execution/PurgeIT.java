package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Outcome;
import io.taskwright.store.Ids;
import io.taskwright.store.retention.Keep;
import io.taskwright.store.retention.Purge;
import io.taskwright.store.retention.Purged;
import io.taskwright.store.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

class PurgeIT extends StoredExecutions {
  private static final Duration KEEP = Duration.ofDays(30);

  @Autowired Purge purge;

  private Retention retention;

  @BeforeEach
  void setUp() {
    retention = new Retention(jdbc, Optional.of(KEEP));
  }

  /** The execution as if it had come, and ended if it has, so many days ago. */
  private ExecutionId aged(ExecutionId id, int days) {
    long then = Instant.now().minus(Duration.ofDays(days)).toEpochMilli();
    UUID fresh = Ids.next();
    UUID old =
        new UUID(
            (then << 16) | (fresh.getMostSignificantBits() & 0xFFFF),
            fresh.getLeastSignificantBits());
    jdbc.sql(
            "with e as (insert into execution select (jsonb_populate_record(x,"
                + " jsonb_build_object('id', ?, 'accepted_at', x.accepted_at - ? * interval '1"
                + " day', 'ended_at', x.ended_at - ? * interval '1 day'))).* from execution x where"
                + " id = ? returning 1) select count(*) from e")
        .params(old.toString(), days, days, id.value())
        .query(Integer.class)
        .single();
    return new ExecutionId(old);
  }

  private ExecutionId ended(int days) {
    ExecutionId id = running("purged");
    Attempts.Open attempt = open(id, NEVER);
    conclusions.conclude(id, closing -> new Outcome.Cancelled(ADA, "x"));
    ExecutionId old = aged(id, days);
    jdbc.sql(
            "insert into attempt select (jsonb_populate_record(a,"
                + " jsonb_build_object('execution_id', ?))).* from attempt a where execution_id ="
                + " ?")
        .params(old.toString(), attempt.execution().value())
        .update();
    jdbc.sql(
            "insert into event select (jsonb_populate_record(v, jsonb_build_object('execution_id',"
                + " ?, 'at', v.at - ? * interval '1 day'))).* from event v where execution_id = ?")
        .params(old.toString(), days, id.value())
        .update();
    jdbc.sql(
            "insert into start_key (project, task_id, key, fingerprint, execution_id) select"
                + " project, task_id, ?, '', id from execution where id = ?")
        .params(old.toString(), old.value())
        .update();
    jdbc.sql(
            "insert into execution_signal (execution_id, number, name, payload, at, sent_by,"
                + " status) values (?, 1, 'go', 'null', now(), 'ada', 'RECEIVED')")
        .param(old.value())
        .update();
    return old;
  }

  private int rows(String table, ExecutionId id) {
    return jdbc.sql("select count(*) from " + table + " where execution_id = ?")
        .param(id.value())
        .query(Integer.class)
        .single();
  }

  private void purgeAll() {
    Purge.Pass pass = purge.begin(MINE, KEEP, "ada");
    while (pass.executions() || pass.batches()) {}
  }

  @Test
  void removesWhatEndedLongAgoWithEverythingOfItsAndPutsThatOnRecord() {
    ExecutionId old = ended(31);
    ExecutionId young = ended(29);
    ExecutionId going = aged(running("purged"), 400);
    assertThat(rows("event", old)).isPositive();
    purgeAll();
    assertThat(executions.find(MINE, old)).isEmpty();
    for (String table : List.of("event", "attempt", "start_key", "execution_signal")) {
      assertThat(rows(table, old)).as(table).isZero();
      assertThat(rows(table, young)).as(table).isPositive();
    }
    assertThat(executions.find(MINE, young)).isPresent();
    assertThat(executions.find(MINE, going)).isPresent();
    Purged purged = retention.purges(MINE, null, 1).getFirst();
    assertThat(purged.executions()).isEqualTo(1);
    assertThat(purged.attempts()).isEqualTo(1);
    assertThat(purged.events()).isPositive();
    assertThat(purged.keep()).isEqualTo(KEEP);
    assertThat(purged.setBy()).isEqualTo("ada");
    purgeAll();
    assertThat(retention.purges(MINE, null, 1).getFirst().id()).isEqualTo(purged.id());
  }

  @Test
  void nobodyElseRemovesEvents() {
    ExecutionId id = ended(1);
    assertThatThrownBy(
            () -> jdbc.sql("delete from event where execution_id = ?").param(id.value()).update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("never changed");
  }

  @Test
  void aProjectSaysHowLongItKeeps() {
    assertThat(retention.of(MINE)).isEqualTo(new Keep(Optional.of(KEEP), null, null));
    assertThat(retention.set(MINE, Optional.empty(), "ada").executions()).isEmpty();
    Keep set = retention.set(MINE, Optional.of(Duration.ofDays(7)), "bob");
    assertThat(set.executions()).contains(Duration.ofDays(7));
    assertThat(set.by()).isEqualTo("bob");
    jdbc.sql("delete from retention").update();
  }

  @Test
  void dropsDaysWithoutEventsAndNoOthers() {
    jdbc.sql("select ensure_event_partition('2001-02-03')").query((r, n) -> 1).list();
    Instant before = Instant.now().minus(Duration.ofDays(9));
    while (purge.dropEmptyDay(before)) {}
    assertThat(
            jdbc.sql("select to_regclass('event_20010203') is null").query(Boolean.class).single())
        .isTrue();
    assertThat(events.after(ended(1), 0, 10)).isNotEmpty();
  }
}
