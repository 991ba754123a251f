package io.taskwright.store.retention;

import io.taskwright.model.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what ended longer ago than its project keeps it, in steps that are short. What goes on is
 * never touched. The bytes of files go later, once no row refers to them.
 */
@Repository
public class Purge {
  private static final int EXECUTIONS = 200;
  private static final int ITEMS = 5_000;
  private static final String OVER = "ended_at < now() - make_interval(secs => :keep)";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Purge(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** A time of removing, for the record; nothing is on record before something is removed. */
  public final class Pass {
    private final Project project;
    private final Duration keep;
    private final @Nullable String setBy;
    private @Nullable Long record;

    private Pass(Project project, Duration keep, @Nullable String setBy) {
      this.project = project;
      this.keep = keep;
      this.setBy = setBy;
    }

    /**
     * Removes some executions with everything of theirs, in one commit with the record of it.
     *
     * @return whether there may be more
     */
    public boolean executions() {
      return Boolean.TRUE.equals(
          transaction.execute(status -> {
            List<UUID> ids = over();
            if (ids.isEmpty()) {
              return false;
            }
            Map<String, ?> these = Map.of("ids", ids.toArray(UUID[]::new));
            jdbc.sql("select set_config('taskwright.purge', 'on', true)")
                .query(String.class)
                .single();
            remove("start_key", these);
            remove("known_result", these);
            remove("execution_signal", these);
            note("artifacts", remove("artifact", these));
            note("attempts", remove("attempt", these));
            note("events", remove("event", these));
            note(
                "executions",
                jdbc.sql("delete from execution where id = any(:ids)").params(these).update());
            return ids.size() == EXECUTIONS;
          }));
    }

    /** Those whose time is over, the oldest first; ids tell when executions were accepted. */
    private List<UUID> over() {
      return jdbc.sql(
              "select id from execution e where project = :project and id < :before and dry is null"
                  + " and "
                  + OVER
                  + " and not exists (select from outbox o where o.execution_id = e.id)"
                  + " and (pace is null or dispatched_at is null"
                  + " or dispatched_at <= now() - pace_per)" // else it counts for a rate still
                  + " order by id limit :most for update skip locked")
          .param("project", project.name())
          .param("before", first(Instant.now().minus(keep)))
          .param("keep", keep.toSeconds())
          .param("most", EXECUTIONS)
          .query((row, n) -> row.getObject(1, UUID.class))
          .list();
    }

    private int remove(String table, Map<String, ?> these) {
      return jdbc.sql("delete from " + table + " where execution_id = any(:ids)")
          .params(these)
          .update();
    }

    /**
     * Removes some executions of batches that ended, then the batches that have none left, and
     * answers to starts of many.
     *
     * @return whether there may be more
     */
    public boolean batches() {
      return Boolean.TRUE.equals(
          transaction.execute(status -> {
            int items =
                jdbc.sql(
                        "delete from batch_item where ctid in (select i.ctid from batch_item i"
                            + " join batch b on b.id = i.batch_id where b.project = :project and"
                            + " b."
                            + OVER
                            + " limit :most)")
                    .param("project", project.name())
                    .param("keep", keep.toSeconds())
                    .param("most", ITEMS)
                    .update();
            int batches =
                jdbc.sql(
                        "delete from batch b where project = :project and "
                            + OVER
                            + " and not exists (select from batch_item i where i.batch_id ="
                            + " b.id)")
                    .param("project", project.name())
                    .param("keep", keep.toSeconds())
                    .update();
            int answers =
                jdbc.sql(
                        "delete from start_batch where ctid in (select ctid from start_batch"
                            + " where project = :project and created_at < now() -"
                            + " make_interval(secs => :keep) limit :most)")
                    .param("project", project.name())
                    .param("keep", keep.toSeconds())
                    .param("most", EXECUTIONS)
                    .update();
            if (batches > 0) {
              note("batches", batches);
            }
            return items == ITEMS || answers == EXECUTIONS;
          }));
    }

    private void note(String column, int count) {
      if (record == null) {
        record =
            jdbc.sql(
                    "insert into purge (project, keep, set_by) values (:project, :keep, :by)"
                        + " returning id")
                .param("project", project.name())
                .param("keep", keep.toSeconds())
                .param("by", setBy)
                .query(Long.class)
                .single();
      }
      jdbc.sql(
              "update purge set %1$s = %1$s + ?, ended_at = clock_timestamp() where id = ?"
                  .formatted(column))
          .params(count, Objects.requireNonNull(record))
          .update();
    }
  }

  /**
   * Begins a time of removing.
   *
   * @param keep how long executions are kept after their end
   * @param setBy who said so; null for the default of the service
   */
  public Pass begin(Project project, Duration keep, @Nullable String setBy) {
    return new Pass(project, keep, setBy);
  }

  /**
   * Drops the partition of one day that holds no events any more; not where it would have to wait.
   *
   * @return whether one was dropped
   */
  public boolean dropEmptyDay(Instant before) {
    try {
      return jdbc.sql("select drop_empty_event_day(?)")
          .param(LocalDate.ofInstant(before, ZoneOffset.UTC))
          .query((row, n) -> row.getString(1) != null)
          .single();
    } catch (CannotAcquireLockException e) {
      return false; // somebody writes; it comes again
    }
  }

  /** The first id that can be given to an execution accepted then. */
  private static UUID first(Instant time) {
    return new UUID(time.toEpochMilli() << 16, 0);
  }
}
