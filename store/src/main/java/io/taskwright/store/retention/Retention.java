package io.taskwright.store.retention;

import io.taskwright.model.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long each project keeps what has ended, and the record of what was removed. */
public class Retention {
  private final JdbcClient jdbc;
  private final Optional<Duration> byDefault;

  /**
   * @param byDefault where a project has not said; empty for ever
   */
  public Retention(JdbcClient jdbc, Optional<Duration> byDefault) {
    this.jdbc = jdbc;
    this.byDefault = byDefault;
  }

  /** What holds for the project. */
  public Keep of(Project project) {
    return jdbc.sql(
            "select executions, logs, artifacts, updated_by, updated_at from retention"
                + " where project = ?")
        .param(project.name())
        .query((row, n) ->
            new Keep(
                time(row, "executions"),
                time(row, "logs"),
                time(row, "artifacts"),
                row.getString("updated_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant()))
        .optional()
        .orElseGet(() -> Keep.byDefault(byDefault));
  }

  private static Optional<Duration> time(ResultSet row, String column) throws SQLException {
    long seconds = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  /**
   * Sets it for the project.
   *
   * @param executions after their end; empty for ever
   * @param logs after the end; empty for as long as the executions
   * @param artifacts after the end; empty for as long as the service keeps files
   */
  public Keep set(
      Project project,
      Optional<Duration> executions,
      Optional<Duration> logs,
      Optional<Duration> artifacts,
      String by) {
    jdbc.sql(
            """
            insert into retention (project, executions, logs, artifacts, updated_by)
            values (:project, cast(:executions as bigint), cast(:logs as bigint),
              cast(:artifacts as bigint), :by)
            on conflict (project) do update
            set executions = excluded.executions, logs = excluded.logs,
              artifacts = excluded.artifacts, updated_by = excluded.updated_by, updated_at = now()
            """)
        .param("project", project.name())
        .param("executions", executions.map(Duration::toSeconds).orElse(null))
        .param("logs", logs.map(Duration::toSeconds).orElse(null))
        .param("artifacts", artifacts.map(Duration::toSeconds).orElse(null))
        .param("by", by)
        .update();
    return of(project);
  }

  /** Every project there is. */
  public List<Project> projects() {
    return jdbc.sql("select name from project order by name")
        .query((row, n) -> new Project(row.getString(1)))
        .list();
  }

  /**
   * A page of what was removed, the newest first.
   *
   * @param before the id that the page ends before; null for the first page
   */
  public List<Purged> purges(Project project, @Nullable Long before, int limit) {
    return jdbc.sql(
            "select * from purge where project = :project and (cast(:before as bigint) is null or"
                + " id < :before) order by id desc limit :limit")
        .param("project", project.name())
        .param("before", before)
        .param("limit", limit)
        .query(Retention::purged)
        .list();
  }

  private static Purged purged(ResultSet row, int number) throws SQLException {
    return new Purged(
        row.getLong("id"),
        new Keep(
            time(row, "keep"),
            time(row, "keep_logs"),
            time(row, "keep_artifacts"),
            row.getString("set_by"),
            null),
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
        row.getLong("executions"),
        row.getLong("attempts"),
        row.getLong("events"),
        row.getLong("logs"),
        row.getLong("artifacts"),
        row.getLong("batches"),
        row.getLong("bundles"));
  }
}
