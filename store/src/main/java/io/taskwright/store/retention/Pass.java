package io.taskwright.store.retention;

import io.taskwright.model.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One time of removing what a project does not keep any longer. Each step is one commit with the
 * record of it, and tells whether there may be more of its kind.
 */
public final class Pass {
  private static final int EXECUTIONS = 200;
  private static final int LOGS = 100;
  private static final int ITEMS = 5_000;
  private static final int FILES = 1_000;
  private static final int BUNDLES = 100;
  private static final String OVER = "ended_at < now() - make_interval(secs => :keep)";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Project project;
  private final Keep keep;
  private final PurgeRecord record;

  Pass(JdbcClient jdbc, TransactionTemplate transaction, Project project, Keep keep) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.project = project;
    this.keep = keep;
    this.record = new PurgeRecord(jdbc, project, keep);
  }

  /** Whether a step took as many as it may at once. */
  private boolean step(int most, IntSupplier step) {
    return transaction.execute(status -> step.getAsInt()) == most;
  }

  /** Removes some executions with everything of theirs. */
  public boolean executions() {
    Optional<Duration> time = keep.executions();
    return time.isPresent() && step(EXECUTIONS, () -> executions(time.get()));
  }

  /** None goes before the one that it checked, and none while a check of it goes on. */
  private int executions(Duration time) {
    List<UUID> ids =
        ids(
            "select id from execution e where project = :project and id < :before and dry is null"
                + " and "
                + OVER
                + " and not exists (select from outbox o where o.execution_id = e.id)"
                + " and (parent is null"
                + " or not exists (select from execution p where p.id = e.parent))"
                + " and not exists (select from execution_check c join execution k"
                + " on k.id = c.child where c.parent = e.id and k.ended_at is null)"
                + " and (pace is null or dispatched_at is null"
                + " or dispatched_at <= now() - pace_per)" // else it counts for a rate still
                + " order by id limit :most for update skip locked",
            time,
            EXECUTIONS);
    if (!ids.isEmpty()) {
      allowEvents();
      remove("start_key", ids, "");
      remove("known_result", ids, "");
      remove("execution_signal", ids, "");
      on(ids, "delete from execution_check where parent = any(:ids)");
      record.note("artifacts", remove("artifact", ids, ""));
      record.note("attempts", remove("attempt", ids, ""));
      record.note("events", remove("event", ids, ""));
      record.note("executions", on(ids, "delete from execution where id = any(:ids)"));
    }
    return ids.size();
  }

  /** Removes the logs of some executions that stay. */
  public boolean logs() {
    Optional<Duration> time = keep.logs();
    return time.isPresent() && step(LOGS, () -> logs(time.get()));
  }

  private int logs(Duration time) {
    List<UUID> ids =
        ids(
            "select id from execution where project = :project and logs_removed_at is null and "
                + OVER
                + " and id < :before order by ended_at limit :most for update skip locked",
            time,
            LOGS);
    if (!ids.isEmpty()) {
      allowEvents();
      record.note("logs", remove("event", ids, " and type in ('log', 'progress')"));
      on(ids, "update execution set logs_removed_at = now() where id = any(:ids)");
    }
    return ids.size();
  }

  /** Lets go of some files of executions that stay. Their bytes go when nothing refers to them. */
  public boolean artifacts() {
    Optional<Duration> time = keep.artifacts();
    return time.isPresent() && step(FILES, () -> artifacts(time.get()));
  }

  private int artifacts(Duration time) {
    int count =
        on(
            ids(
                "select a.id from artifact a join execution e on e.id = a.execution_id"
                    + " where a.project = :project and a.removed_at is null"
                    + " and a.execution_id < :before and e."
                    + OVER
                    + " order by a.execution_id limit :most for update of a skip locked",
                time,
                FILES),
            "update artifact set removed_at = now() where id = any(:ids)");
    record.note("artifacts", count);
    return count;
  }

  /**
   * Removes some executions of batches that ended, then the batches that have none left, and
   * answers to starts of many.
   */
  public boolean batches() {
    return keep.executions().filter(this::batches).isPresent();
  }

  private boolean batches(Duration time) {
    boolean more = step(ITEMS, () -> items(time));
    return step(EXECUTIONS, () -> answers(time)) || more;
  }

  private int items(Duration time) {
    int items =
        over(
            "delete from batch_item where ctid in (select i.ctid from batch_item i"
                + " join batch b on b.id = i.batch_id where b.project = :project and b."
                + OVER
                + " limit :most)",
            time,
            ITEMS);
    int batches =
        over(
            "delete from batch where id in (select id from batch b where project = :project and "
                + OVER
                + " and not exists (select from batch_item i where i.batch_id = b.id) limit :most)",
            time,
            ITEMS);
    record.note("batches", batches);
    return items;
  }

  private int answers(Duration time) {
    return over(
        "delete from start_batch where ctid in (select ctid from start_batch where project ="
            + " :project and created_at < now() - make_interval(secs => :keep) limit :most)",
        time,
        EXECUTIONS);
  }

  /**
   * Lets go of some bundles that no version and no draft names. Their bytes go later.
   *
   * @param grace how long ago somebody must have uploaded them or been about to name them
   */
  public boolean bundles(Duration grace) {
    return step(
        BUNDLES,
        () -> {
          int count =
              over(
                  """
                  update bundle set removed_at = now() where (project, digest) in (
                    select b.project, b.digest from bundle b
                    where b.project = :project and b.removed_at is null
                      and b.touched_at < now() - make_interval(secs => :keep)
                      and not exists (select from task_version v join task t on t.id = v.task_id
                        where t.project = b.project
                          and bundle_of(v.definition) = b.digest)
                      and not exists (select from task_draft d join task t on t.id = d.task_id
                        where t.project = b.project
                          and bundle_of(d.definition) = b.digest)
                    order by b.touched_at limit :most for update of b skip locked)
                  """,
                  grace,
                  BUNDLES);
          record.note("bundles", count);
          return count;
        });
  }

  private List<UUID> ids(String sql, Duration time, int most) {
    return jdbc.sql(sql)
        .param("project", project.name())
        .param("before", first(Instant.now().minus(time)))
        .param("keep", time.toSeconds())
        .param("most", most)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  private int over(String sql, Duration time, int most) {
    return jdbc.sql(sql)
        .param("project", project.name())
        .param("keep", time.toSeconds())
        .param("most", most)
        .update();
  }

  private int remove(String table, List<UUID> executions, String which) {
    return on(executions, "delete from " + table + " where execution_id = any(:ids)" + which);
  }

  private int on(List<UUID> ids, String sql) {
    return jdbc.sql(sql).params(Map.of("ids", ids.toArray(UUID[]::new))).update();
  }

  /** Events are else never removed; this holds to the end of the transaction. */
  private void allowEvents() {
    jdbc.sql("select set_config('taskwright.purge', 'on', true)").query(String.class).single();
  }

  /**
   * The first id that can be given to an execution accepted then: what ended before came before.
   */
  private static UUID first(Instant time) {
    return new UUID(time.toEpochMilli() << 16, 0);
  }
}
