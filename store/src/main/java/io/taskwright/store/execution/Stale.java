package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Executions under way that nobody compared with Temporal for a while. */
@Repository
public class Stale {
  private final JdbcClient jdbc;

  Stale(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An execution to be compared. */
  public record Suspect(ExecutionId id, Project project, String taskName, int taskVersion) {}

  /**
   * Takes at most so many that were dispatched and not compared within the age; marks them
   * compared.
   */
  public List<Suspect> take(Duration age, int limit) {
    return jdbc.sql(
            """
            update execution e set checked_at = now()
            from (select id from execution
                  where ended_at is null and (status <> 'RECEIVED' or route is not null)
                    and (route is not null or exists
                      (select from attempt where execution_id = execution.id))
                    and coalesce(checked_at, accepted_at) < now() - make_interval(secs => ?)
                  order by id limit ? for update skip locked) s
            where e.id = s.id
            returning e.id, e.project, e.task_name, e.task_version
            """)
        .params(age.toSeconds(), limit)
        .query((row, n) ->
            new Suspect(
                new ExecutionId(row.getObject(1, UUID.class)),
                new Project(row.getString(2)),
                row.getString(3),
                row.getInt(4)))
        .list();
  }
}
