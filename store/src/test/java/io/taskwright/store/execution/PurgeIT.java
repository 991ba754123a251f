package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Outcome;
import io.taskwright.store.Ids;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.Drafts;
import io.taskwright.store.catalogue.Source;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.retention.Keep;
import io.taskwright.store.retention.Pass;
import io.taskwright.store.retention.Purge;
import io.taskwright.store.retention.Purged;
import io.taskwright.store.retention.Retention;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

class PurgeIT extends StoredExecutions {
  private static final Duration KEEP = Duration.ofDays(30);

  @Autowired Purge purge;
  @Autowired Catalogue catalogue;
  @Autowired TransactionTemplate transaction;
  @Autowired Drafts drafts;

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

  private static Keep keep(
      @Nullable Duration executions, @Nullable Duration logs, @Nullable Duration artifacts) {
    return new Keep(
        Optional.ofNullable(executions),
        Optional.ofNullable(logs),
        Optional.ofNullable(artifacts),
        "ada",
        null);
  }

  private void purgeAll() {
    purgeAll(keep(KEEP, null, null));
  }

  private void purgeAll(Keep keep) {
    Pass pass = purge.begin(MINE, keep);
    while (pass.executions()
        || pass.batches()
        || pass.artifacts()
        || pass.logs()
        || pass.bundles(Duration.ofDays(1))) {}
  }

  private Purged newest() {
    return retention.purges(MINE, null, 1).getFirst();
  }

  private void leave(ExecutionId id) {
    jdbc.sql(
            "insert into artifact (id, execution_id, project, attempt, path, media_type, size,"
                + " sha256, expires_at) values (?, ?, ?, 1, 'a', 'x/y', 1, '', now() + interval"
                + " '1 day')")
        .params(Ids.next(), id.value(), MINE.name())
        .update();
  }

  private int left(ExecutionId id) {
    return jdbc.sql("select count(*) from artifact where execution_id = ? and removed_at is null")
        .param(id.value())
        .query(Integer.class)
        .single();
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
    assertThat(purged.keep().executions()).contains(KEEP);
    assertThat(purged.keep().by()).isEqualTo("ada");
    purgeAll();
    assertThat(retention.purges(MINE, null, 1).getFirst().id()).isEqualTo(purged.id());
  }

  @Test
  void removesLogsBeforeTheirExecutionsAndSaysSo() {
    ExecutionId old = ended(8);
    ExecutionId young = ended(6);
    ExecutionId going = aged(running("purged"), 400);
    for (ExecutionId id : List.of(old, young, going)) {
      assertThat(events.add(MINE, id, line("hello"))).isPresent();
    }
    purgeAll(keep(null, Duration.ofDays(7), null));
    assertThat(messages(old, "hello")).isEmpty();
    assertThat(view(old).logsRemovedAt()).isNotNull();
    assertThat(events.logRemovedAt(MINE, old)).isPresent();
    assertThat(events.timeline(old, 0, 100)).as("what happened to it stays").isNotEmpty();
    assertThat(events.add(MINE, old, line("too late"))).isEmpty();
    for (ExecutionId id : List.of(young, going)) {
      assertThat(messages(id, "hello")).hasSize(1);
      assertThat(events.logRemovedAt(MINE, id)).isEmpty();
    }
    Purged purged = newest();
    assertThat(purged.logs()).isEqualTo(1);
    assertThat(purged.executions()).isZero();
    assertThat(purged.keep().executions()).isEmpty();
    assertThat(purged.keep().logs()).contains(Duration.ofDays(7));
    purgeAll(keep(null, Duration.ofDays(7), null));
    assertThat(newest().id()).isEqualTo(purged.id());
  }

  @Test
  void letsGoOfFilesBeforeTheirExecutions() {
    ExecutionId old = ended(3);
    ExecutionId young = ended(1);
    ExecutionId going = aged(running("purged"), 400);
    List.of(old, young, going).forEach(this::leave);
    purgeAll(keep(KEEP, null, Duration.ofDays(2)));
    assertThat(left(old)).isZero();
    assertThat(left(young)).isOne();
    assertThat(left(going)).isOne();
    assertThat(newest().artifacts()).isEqualTo(1);
    assertThat(newest().keep().artifacts()).contains(Duration.ofDays(2));
    assertThat(executions.find(MINE, old)).isPresent();
  }

  private void bundle(String digest, int days) {
    jdbc.sql(
            "insert into bundle (project, digest, size, created_by, touched_at)"
                + " values (?, ?, 1, 'ada', now() - ? * interval '1 day')")
        .params(MINE.name(), digest, days)
        .update();
  }

  private static String naming(String digest) {
    return "{\"automated\":{\"bundle\":{\"digest\":\"" + digest + "\"}}}";
  }

  @Test
  void letsGoOfBundlesThatNothingNames() {
    jdbc.sql("delete from bundle").update();
    bundle("of-a-version", 9);
    bundle("of-an-old-version", 9);
    bundle("of-a-draft", 9);
    bundle("of-nobody", 9);
    bundle("just-uploaded", 0);
    TaskVersion first = catalogue.create(MINE, "with-a-bundle", naming("of-an-old-version"), "ada");
    catalogue.revise(MINE, first.task(), 1, naming("of-a-version"), "ada");
    String draft = naming("of-a-draft");
    Source source = new Source(draft.getBytes(StandardCharsets.UTF_8), "application/json", "");
    drafts.begin(MINE, first.task(), 2, new Drafts.Saved(draft, source, "ada"));
    purgeAll();
    assertThat(
            jdbc.sql("select digest from bundle where removed_at is null order by digest")
                .query(String.class)
                .list())
        .containsExactly("just-uploaded", "of-a-draft", "of-a-version", "of-an-old-version");
    assertThat(newest().bundles()).isEqualTo(1);
    jdbc.sql("delete from bundle").update();
  }

  @Test
  void leavesABundleThatSomebodyIsJustAboutToName(@TempDir Path folder) throws Exception {
    Bundles bundles = new Bundles(jdbc, transaction, folder);
    String digest = bundles.put(MINE, new byte[] {1}, "ada");
    jdbc.sql("update bundle set touched_at = now() - interval '9 days'").update();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      transaction.executeWithoutResult(status -> {
        assertThat(bundles.has(MINE, digest)).isTrue();
        assertThat(other.submit(() -> purgeAll())).succeedsWithin(Duration.ofMinutes(1));
        catalogue.create(MINE, "just-named", naming(digest), "ada");
      });
    }
    purgeAll();
    assertThat(bundles.get(MINE, digest)).isPresent();
    jdbc.sql("update bundle set touched_at = now() - interval '9 days'").update();
    purgeAll();
    bundles.sweep();
    assertThat(bundles.get(MINE, digest)).as("a version names it").isPresent();
    jdbc.sql("delete from bundle").update();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800", "", "x"})
  void draftsMayNameWhatIsNoBundle(String digest) {
    String draft = naming(digest.equals("x") ? digest.repeat(100_000) : digest);
    Source source = new Source(draft.getBytes(StandardCharsets.UTF_8), "application/json", "");
    drafts.create(MINE, "odd-" + Ids.next(), new Drafts.Saved(draft, source, "ada"));
    purgeAll();
  }

  @Test
  void isDoneByOneAtATime() {
    List<Boolean> done = new ArrayList<>();
    assertThat(purge.alone(() -> done.add(purge.alone(() -> {})))).isTrue();
    assertThat(done).containsExactly(false);
    assertThat(purge.alone(() -> {})).isTrue();
    assertThatThrownBy(() ->
            purge.alone(() -> {
              throw new IllegalStateException("away");
            }))
        .hasMessageContaining("away");
    assertThat(purge.alone(() -> {})).isTrue();
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
    Optional<Duration> none = Optional.empty();
    assertThat(retention.of(MINE)).isEqualTo(new Keep(Optional.of(KEEP), none, none, null, null));
    assertThat(retention.set(MINE, none, none, none, "ada").executions()).isEmpty();
    Optional<Duration> week = Optional.of(Duration.ofDays(7));
    Optional<Duration> day = Optional.of(Duration.ofDays(1));
    Keep set = retention.set(MINE, week, day, none, "bob");
    assertThat(set.executions()).isEqualTo(week);
    assertThat(set.logs()).isEqualTo(day);
    assertThat(set.artifacts()).isEmpty();
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
