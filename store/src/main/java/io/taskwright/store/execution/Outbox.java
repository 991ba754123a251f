package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What Temporal must be told, kept until it was. A row is written with the commit that it speaks of
 * and removed once Temporal has it; telling twice is harmless.
 */
@Repository
public class Outbox {
  private final JdbcClient jdbc;

  Outbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What Temporal can be told. */
  public enum Kind {
    /** The work may clean up. */
    CANCEL,
    /** The execution has ended, and its workflow is not needed any more. */
    TERMINATE,
    /** What is held goes on. */
    RESUME,
    /** A check of an execution has ended: of that one, to which the letter goes. */
    CHECK_ENDED,
    /** The check of an execution that has ended is not needed any more: it is cancelled. */
    CALL_OFF
  }

  /**
   * Something to tell.
   *
   * @param execution whom it concerns
   * @param tries how often it was tried
   * @param ended whether the execution has ended meanwhile
   */
  public record Letter(
      long id, Kind kind, ExecutionId execution, Project project, int tries, boolean ended) {}

  void add(Kind kind, ExecutionId execution) {
    jdbc.sql(
            "insert into outbox (kind, execution_id) values (?, ?) returning pg_notify('outbox',"
                + " '')")
        .params(kind.name(), execution.value())
        .query((row, n) -> 1)
        .list();
  }

  /** Takes at most so many letters that are due; they come again after the lease unless removed. */
  public List<Letter> take(int limit, Duration lease) {
    return jdbc.sql(
            """
            update outbox o set due_at = now() + make_interval(secs => ?), tries = tries + 1
            from (select id, kind, execution_id from outbox where due_at <= now()
                  order by due_at limit ? for update skip locked) d
              join execution e on e.id = d.execution_id
              left join execution t on t.id =
                case d.kind when 'CHECK_ENDED' then e.parent when 'CALL_OFF' then e.checking else e.id end
            where o.id = d.id
            returning o.id, o.kind, coalesce(t.id, e.id), e.project, o.tries,
              t.id is null or t.ended_at is not null
            """)
        .params(lease.toSeconds(), limit)
        .query((row, n) ->
            new Letter(
                row.getLong(1),
                Kind.valueOf(row.getString(2)),
                new ExecutionId(row.getObject(3, UUID.class)),
                new Project(row.getString(4)),
                row.getInt(5),
                row.getBoolean(6)))
        .list();
  }

  /** Temporal has it, or nobody needs it any more. */
  public void remove(Letter letter) {
    jdbc.sql("delete from outbox where id = ?").param(letter.id()).update();
  }

  /** It could not be delivered; tried again after the pause. */
  public void postpone(Letter letter, Duration pause) {
    jdbc.sql("update outbox set due_at = now() + make_interval(secs => ?) where id = ?")
        .params(pause.toMillis() / 1000.0, letter.id())
        .update();
  }
}
