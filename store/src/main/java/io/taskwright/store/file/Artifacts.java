package io.taskwright.store.file;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.store.Ids;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.blob.Spooled;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The files that attempts hand in. Only those of the attempt that gave the output are shown, so
 * that what a worker left behind that was killed or fenced off never mixes with them.
 */
public class Artifacts {
  /** When a file goes: as its project says, else as it was said when it was made; never before. */
  private static final String EXPIRY =
      """
      case when e.ended_at is null then greatest(a.expires_at, now() + interval '1 day')
        when r.artifacts is null then a.expires_at
        else e.ended_at + make_interval(secs => r.artifacts) end
      """;

  private static final String SHOWN =
      "select a.id, a.execution_id, a.path, a.media_type, a.size, a.sha256, a.created_at,"
          + " coalesce(a.removed_at, x.at), a.removed_at is not null or x.at <= now()"
          + " from artifact a join execution e on e.id = a.execution_id"
          + " left join retention r on r.project = e.project"
          + " cross join lateral (select "
          + EXPIRY
          + " as at) x"
          + " join attempt t on t.execution_id = a.execution_id and t.number = a.attempt"
          + " where e.project = ? and e.id = ? and t.ended_at is not null and t.output is not null";

  private final JdbcClient jdbc;
  private final Blobs blobs;
  private final Events events;
  private final Duration retention;

  /**
   * @param retention how long files are kept
   */
  public Artifacts(JdbcClient jdbc, Blobs blobs, Events events, Duration retention) {
    this.jdbc = jdbc;
    this.blobs = blobs;
    this.events = events;
    this.retention = retention;
  }

  private record Before(long count, long bytes, Optional<String> same) {}

  /**
   * Keeps a file of an attempt. Handing in the same again changes nothing.
   *
   * @param path checked by the caller
   */
  public Handing hand(Open attempt, String path, String mediaType, Spooled bytes, OutputFiles asked)
      throws IOException {
    return blobs.keep(bytes, () -> add(attempt, path, mediaType, bytes, asked));
  }

  private Handing add(
      Open attempt, String path, String mediaType, Spooled bytes, OutputFiles asked) {
    if (!lock(attempt)) {
      return Handing.OVER;
    }
    Before before = before(attempt, path);
    if (before.same().isPresent()) {
      return before.same().get().equals(bytes.sha256()) ? Handing.KEPT : Handing.CONFLICT;
    }
    if (before.count() >= asked.most()) {
      return Handing.TOO_MANY;
    }
    if (before.bytes() + bytes.size() > asked.mostBytes().bytes()) {
      return Handing.TOO_LARGE;
    }
    jdbc.sql(
            "insert into artifact (id, execution_id, project, attempt, path, media_type, size,"
                + " sha256, expires_at) select ?, id, project, ?, ?, ?, ?, ?,"
                + " now() + make_interval(secs => ?) from execution where id = ?")
        .params(
            Ids.next(),
            attempt.number(),
            path,
            mediaType,
            bytes.size(),
            bytes.sha256(),
            retention.toSeconds(),
            attempt.execution().value())
        .update();
    return Handing.KEPT;
  }

  /** Whether the attempt is open, and stays so until this transaction is through. */
  private boolean lock(Open attempt) {
    return jdbc.sql(
            "select 1 from attempt where execution_id = ? and number = ? and ended_at is null"
                + " for no key update")
        .params(attempt.execution().value(), attempt.number())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private Before before(Open attempt, String path) {
    return jdbc.sql(
            "select count(*), coalesce(sum(size), 0), max(sha256) filter (where path = ?)"
                + " from artifact where execution_id = ? and attempt = ?")
        .params(path, attempt.execution().value(), attempt.number())
        .query((row, n) ->
            new Before(row.getLong(1), row.getLong(2), Optional.ofNullable(row.getString(3))))
        .single();
  }

  /** The files that the execution left, by path. */
  public List<Artifact> list(Project project, ExecutionId execution) {
    return jdbc.sql(SHOWN + " order by a.path collate \"C\"")
        .params(project.name(), execution.value())
        .query(Artifacts::artifact)
        .list();
  }

  /** One of them. */
  public Optional<Artifact> find(Project project, ExecutionId execution, UUID id) {
    return jdbc.sql(SHOWN + " and a.id = ?")
        .params(project.name(), execution.value(), id)
        .query(Artifacts::artifact)
        .optional();
  }

  /**
   * Its bytes, if they are not gone.
   *
   * @param from how many to leave out
   */
  public Optional<InputStream> open(Artifact artifact, long from) {
    return artifact.gone() ? Optional.empty() : blobs.open(artifact.sha256(), from);
  }

  private static Artifact artifact(ResultSet row, int number) throws SQLException {
    return new Artifact(
        row.getObject(1, UUID.class),
        new ExecutionId(row.getObject(2, UUID.class)),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getString(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        row.getBoolean(9));
  }

  /** Forgets files of attempts that did not count, once their executions have ended. */
  public int forgetLost() {
    jdbc.sql(
            """
            update artifact a set settled = true from execution e, attempt t
            where not a.settled and e.id = a.execution_id and e.ended_at is not null
              and t.execution_id = a.execution_id and t.number = a.attempt and t.output is not null
            """)
        .update();
    return jdbc.sql(
            "delete from artifact a using execution e"
                + " where not a.settled and e.id = a.execution_id and e.ended_at is not null"
                + " and not exists (select from attempt t where t.execution_id = a.execution_id"
                + " and t.number = a.attempt and t.output is not null)")
        .update();
  }

  private record Expired(Project project, ExecutionId execution, long count) {}

  /**
   * Lets go of files whose time is over, and says so in their executions' logs. Those that their
   * project keeps longer, or whose executions go on, are looked at again then.
   *
   * @return how many
   */
  public long expire(int most) {
    List<Expired> all =
        jdbc.sql(
                """
                with due as materialized (
                  select id, execution_id, expires_at from artifact
                  where removed_at is null and expires_at <= now()
                  order by expires_at limit ? for update skip locked),
                x as (
                  select a.id, a.execution_id, %s as at
                  from due a join execution e on e.id = a.execution_id
                  left join retention r on r.project = e.project),
                later as (
                  update artifact set expires_at = x.at from x
                  where artifact.id = x.id and x.at > now()),
                gone as (
                  update artifact set removed_at = now() from x
                  where artifact.id = x.id and x.at <= now()
                  returning artifact.execution_id)
                select e.project, e.id, count(*) from gone g join execution e on e.id = g.execution_id
                group by e.project, e.id
                """
                    .formatted(EXPIRY))
            .param(most)
            .query((row, n) ->
                new Expired(
                    new Project(row.getString(1)),
                    new ExecutionId(row.getObject(2, UUID.class)),
                    row.getLong(3)))
            .list();
    for (Expired one : all) {
      String said = one.count() + " files are removed now: their time is over";
      var _ = events.add(one.project(), one.execution(), Fact.log(null, "INFO", "system", said));
    }
    return all.stream().mapToLong(Expired::count).sum();
  }
}
