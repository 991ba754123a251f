package io.taskwright.store.pool;

import io.taskwright.model.Project;
import io.taskwright.model.protocol.WorkerBeat;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The register of executors. One that is not heard of for ten seconds counts as gone. */
@Repository
public class ExecutorWorkers {
  /** Which rows live, in SQL. Two beats may be missed. */
  public static final String LIVE = "seen_at > now() - interval '10 seconds'";

  private static final JsonMapper JSON = JsonMapper.shared();
  private final JdbcClient jdbc;

  ExecutorWorkers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes what an executor says of itself.
   *
   * @param project of its key
   */
  public void heard(Project project, String id, WorkerBeat beat) {
    jdbc.sql(
            """
            insert into executor_worker (project, id, pool, host, version, slots, used, draining,
              runtimes, back_ends, started_at)
            values (:project, :id, :pool, :host, :version, :slots, :used, :draining,
              cast(:runtimes as jsonb), cast(:backEnds as jsonb), :startedAt)
            on conflict (project, id) do update set
              pool = excluded.pool, host = excluded.host, version = excluded.version,
              slots = excluded.slots, used = excluded.used, draining = excluded.draining,
              runtimes = excluded.runtimes, back_ends = excluded.back_ends,
              started_at = excluded.started_at, seen_at = now()
            """)
        .param("project", project.name())
        .param("id", id)
        .param("pool", beat.pool())
        .param("host", beat.host())
        .param("version", beat.version())
        .param("slots", beat.slots())
        .param("used", beat.used())
        .param("draining", beat.draining())
        .param("runtimes", JSON.writeValueAsString(beat.runtimes()))
        .param("backEnds", JSON.writeValueAsString(beat.backEnds()))
        .param("startedAt", OffsetDateTime.ofInstant(beat.startedAt(), ZoneOffset.UTC))
        .update();
  }

  /** Takes an executor out that says that it ends. */
  public void left(Project project, String id) {
    jdbc.sql("delete from executor_worker where project = ? and id = ?")
        .params(project.name(), id)
        .update();
  }

  /** Removes those that were not heard of for so long. */
  public void forget(Duration silence) {
    jdbc.sql("delete from executor_worker where seen_at < now() - make_interval(secs => ?)")
        .param(silence.toSeconds())
        .update();
  }
}
