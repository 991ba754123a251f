package io.taskwright.store.execution;

import io.taskwright.model.execution.DryRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Takes dry runs in, and lets go of them when nobody looks at them any more. */
@Repository
public class DryRuns {
  private final JdbcClient jdbc;

  DryRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores the execution as a dry run. Limits of its task and its project do not hold it.
   *
   * @param execution without a key
   */
  public void accept(NewExecution execution, DryRun dryRun) {
    if (execution.key() != null) {
      throw new IllegalArgumentException("a dry run has no key: " + execution.id());
    }
    jdbc.sql(StartRow.INSERT + " returning pg_notify('dispatch', '')")
        .params(StartRow.dry(execution, dryRun))
        .query((row, n) -> 1)
        .list();
  }

  /**
   * Forgets dry runs that ended so long ago, with everything of theirs, and the definitions that
   * were checked then.
   *
   * @return how many dry runs
   */
  @Transactional
  public int forget(Duration after, int most) {
    List<UUID> old =
        jdbc.sql(
                """
                select id from execution e
                where dry is not null and ended_at < now() - make_interval(secs => :after)
                  and not exists (select from artifact where execution_id = e.id)
                  and not exists (select from outbox o where o.execution_id = e.id)
                order by ended_at limit :most for update skip locked
                """)
            .param("after", after.toSeconds())
            .param("most", most)
            .query((row, n) -> row.getObject(1, UUID.class))
            .list();
    if (!old.isEmpty()) {
      remove(old);
    }
    jdbc.sql(
            """
            with old as (
              delete from checked_definition d
              where created_at < now() - make_interval(secs => :after)
                and not exists (select from execution e where e.task_id = d.task_id)
              returning task_id)
            delete from dependency_lock l using old where l.task_id = old.task_id
            """)
        .param("after", after.toSeconds())
        .update();
    return old.size();
  }

  /** Days are dropped once they are empty, so the events go too. */
  private void remove(List<UUID> old) {
    UUID[] ids = old.toArray(UUID[]::new);
    jdbc.sql("select set_config('taskwright.purge', 'on', true)").query(String.class).single();
    for (String table : List.of("execution_signal", "event", "attempt")) {
      jdbc.sql("delete from " + table + " where execution_id = any(:ids)")
          .param("ids", ids)
          .update();
    }
    jdbc.sql("delete from execution where id = any(:ids)").param("ids", ids).update();
  }
}
