package io.taskwright.store.retention;

import io.taskwright.model.Project;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The record of one time of removing; there is none before something is removed. */
final class PurgeRecord {
  private final JdbcClient jdbc;
  private final Project project;
  private final Keep keep;
  private @Nullable Long id;

  PurgeRecord(JdbcClient jdbc, Project project, Keep keep) {
    this.jdbc = jdbc;
    this.project = project;
    this.keep = keep;
  }

  /** Adds so many; to be called in the commit that removes them. */
  void note(String column, int count) {
    if (count == 0) {
      return;
    }
    if (id == null) {
      id = begun();
    }
    jdbc.sql(
            "update purge set %1$s = %1$s + ?, ended_at = clock_timestamp() where id = ?"
                .formatted(column))
        .params(count, Objects.requireNonNull(id))
        .update();
  }

  private long begun() {
    return jdbc.sql(
            "insert into purge (project, keep, keep_logs, keep_artifacts, set_by) values"
                + " (:project, cast(:keep as bigint), cast(:logs as bigint),"
                + " cast(:artifacts as bigint), :by) returning id")
        .param("project", project.name())
        .param("keep", seconds(keep.executions()))
        .param("logs", seconds(keep.logs()))
        .param("artifacts", seconds(keep.artifacts()))
        .param("by", keep.by())
        .query(Long.class)
        .single();
  }

  private static @Nullable Long seconds(Optional<Duration> time) {
    return time.map(Duration::toSeconds).orElse(null);
  }
}
