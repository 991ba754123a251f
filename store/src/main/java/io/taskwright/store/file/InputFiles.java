package io.taskwright.store.file;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.blob.Spooled;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The files that projects upload to give them to executions. A project sees only its own. */
public class InputFiles {
  private final JdbcClient jdbc;
  private final Blobs blobs;
  private final Duration retention;

  /**
   * @param retention how long a file is kept after its last use
   */
  public InputFiles(JdbcClient jdbc, Blobs blobs, Duration retention) {
    this.jdbc = jdbc;
    this.blobs = blobs;
    this.retention = retention;
  }

  /**
   * Keeps an uploaded file. Uploading it again keeps it longer.
   *
   * @return when it will be removed, unless it is used
   */
  public Instant add(Project project, Spooled bytes, String by) throws IOException {
    return blobs.keep(
        bytes,
        () ->
            jdbc.sql(
                    "insert into input_file (project, sha256, size, created_by, expires_at)"
                        + " values (?, ?, ?, ?, now() + make_interval(secs => ?))"
                        + " on conflict (project, sha256) do update"
                        + " set expires_at = excluded.expires_at returning expires_at")
                .params(project.name(), bytes.sha256(), bytes.size(), by, retention.toSeconds())
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single());
  }

  /** The sizes of those files that the project has, by hash; they are kept longer from now on. */
  public Map<String, Long> use(Project project, Collection<String> hashes) {
    Map<String, Long> sizes = new HashMap<>();
    jdbc.sql(
            "update input_file set expires_at = now() + make_interval(secs => :keep)"
                + " where project = :project and sha256 in (:hashes) returning sha256, size")
        .param("keep", retention.toSeconds())
        .param("project", project.name())
        .param("hashes", hashes)
        .query((row, n) -> sizes.put(row.getString(1), row.getLong(2)))
        .list();
    return sizes;
  }

  /** The bytes of a file that was given to the execution. */
  public Optional<InputStream> open(ExecutionId execution, String sha256) {
    return Blobs.isSha256(sha256) && given(execution, sha256)
        ? blobs.open(sha256, 0)
        : Optional.empty();
  }

  private boolean given(ExecutionId execution, String sha256) {
    return jdbc.sql(
            "select 1 from execution where id = ? and files @> jsonb_build_array("
                + "jsonb_build_object('sha256', cast(? as text)))")
        .params(execution.value(), sha256)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Forgets files that were not used for so long, unless an execution that has not ended needs
   * them.
   *
   * @return how many
   */
  public int expire() {
    return jdbc.sql(
            """
            delete from input_file f where f.expires_at <= now() and not exists (
              select from execution e
              where e.project = f.project and e.files is not null and e.ended_at is null
                and e.files @> jsonb_build_array(jsonb_build_object('sha256', f.sha256)))
            """)
        .update();
  }
}
