package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Status;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What earlier executions of a task took and gave, a few at a time. */
@Repository
public class Replays {
  /** No id comes after it. */
  private static final UUID LAST = new UUID(-1, -1);

  private final JdbcClient jdbc;

  Replays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What one execution took and gave.
   *
   * @param input JSON, with the defaults of its version
   * @param output JSON; null if it has none
   */
  public record Replayed(
      ExecutionId id, int version, Status status, String input, @Nullable String output) {}

  /**
   * Executions of a task that were not rejected, the newest first; no dry runs.
   *
   * @param before those that came before this one; the newest of all if null
   * @param limit how many at most: inputs and outputs may be large
   */
  public List<Replayed> of(Project project, TaskId task, @Nullable ExecutionId before, int limit) {
    return jdbc.sql(
            """
            select id, task_version, status, input, output from execution
            where project = :project and task_id = :task and status <> 'REJECTED'
              and dry is null and id < :before
            order by id desc limit :limit
            """)
        .param("project", project.name())
        .param("task", task.value())
        .param("before", before == null ? LAST : before.value())
        .param("limit", limit)
        .query((row, n) ->
            new Replayed(
                new ExecutionId(row.getObject(1, UUID.class)),
                row.getInt(2),
                Status.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5)))
        .list();
  }
}
