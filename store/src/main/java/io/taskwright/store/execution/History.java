package io.taskwright.store.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What earlier executions of a task took. */
@Repository
public class History {
  /** Of the last thousand of any end, so that a task that only fails costs no more. */
  private static final String USED =
      """
      select count(*),
        percentile_cont(0.5) within group (order by seconds),
        percentile_cont(0.9) within group (order by seconds),
        percentile_cont(0.9) within group (order by wall),
        percentile_cont(0.9) within group (order by peak)
      from (
        select extract(epoch from e.ended_at - e.started_at) as seconds,
          (a.usage ->> 'wallMillis')::bigint as wall, (a.usage ->> 'peakMemory')::bigint as peak
        from (
          select id, status, coalesce(cached, skip) as given, started_at, ended_at from execution
          where project = :project and task_id = :task and dry is null
          order by id desc limit 1000
        ) e
        left join lateral (
          select usage from attempt where execution_id = e.id order by number desc limit 1
        ) a on true
        where e.status = 'COMPLETED' and e.given is null
        order by e.id desc limit 200
      ) recent
      """;

  private final JdbcClient jdbc;

  History(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What the last executions that completed took, the newest 200 of any version.
   *
   * @param sample how many these are
   * @param half the time from start to end within which half of them ended
   * @param most the same for nine of ten
   * @param attempt the time within which the last attempt of nine of ten ended
   * @param memory what nine of ten needed at most; zero if nothing measured it
   */
  public record Used(
      long sample, Duration half, Duration most, Duration attempt, ByteSize memory) {}

  /** What they took; empty if none completed. */
  public Optional<Used> used(Project project, TaskId task) {
    return jdbc.sql(USED)
        .param("project", project.name())
        .param("task", task.value())
        .query(History::row)
        .optional()
        .filter(used -> used.sample() > 0);
  }

  private static Used row(ResultSet row, int number) throws SQLException {
    return new Used(
        row.getLong(1),
        millis(row.getDouble(2) * 1000),
        millis(row.getDouble(3) * 1000),
        millis(row.getDouble(4)),
        new ByteSize((long) row.getDouble(5)));
  }

  private static Duration millis(double millis) {
    return Duration.ofMillis(Math.round(millis));
  }
}
