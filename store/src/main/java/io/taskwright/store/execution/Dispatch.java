package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Status;
import io.taskwright.store.pool.ExecutorWorkers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The waiting executions, as dispatchers see them. A claim is a lease: who dies with it loses it,
 * and starting twice is harmless.
 */
@Repository
public class Dispatch {
  private static final String CLAIM =
      """
      with p as (
        select name, bound
        from unnest(cast(:pools as text[]), cast(:bounds as integer[])) as fixed(name, bound)
        union all
        select pool, least(sum(slots), :most)::integer from executor_worker
        where not draining and pool <> all(cast(:pools as text[])) and
      """
          + ExecutorWorkers.LIVE
          + """

            group by pool
          ), w as materialized (
            select next.id
            from p
            cross join lateral (
              select id from execution
              where pool = p.name and status = 'RECEIVED' and due
              order by priority, id
              limit greatest(0, p.bound - (select count(*) from execution
                                           where pool = p.name and status in ('PREPARING', 'RUNNING')))
              for update skip locked) next
          ), x as (
            update execution e
            set status = 'PREPARING', seq = seq + :count, waiting_for = null, waiting_since = null,
                claimed_until = now() + make_interval(secs => :lease)
            from w
            where e.id = w.id
            returning e.id, e.seq, e.project, e.task_id, e.task_name, e.priority, e.task_version
          ), facts as (
          """
          + Journal.ADD_FACTS
          + ") select id, project, task_name, task_version, priority from x order by priority, id";

  private static final String RECLAIM =
      """
      update execution e set claimed_until = now() + make_interval(secs => :lease)
      from (select id from execution
            where status = 'PREPARING' and claimed_until < now()
            order by id limit :limit for update skip locked) w
      where e.id = w.id
      returning e.id, e.project, e.task_name, e.task_version, e.priority
      """;

  private static final String EXPIRE =
      """
      with x as (
        update execution e
        set status = 'FAILED', seq = seq + :count, ended_at = now(), failure = cast(:failure as json),
            waiting_for = null, waiting_since = null
        from (select id from execution where status = 'RECEIVED' and start_by < now()
              order by start_by limit :limit for update skip locked) l
        where e.id = l.id
        returning e.id, e.seq, e.project, e.task_id
      ), facts as (
      """
          + Journal.ADD_FACTS
          + ") select id from x";

  private static final String LATE =
      Failures.json(
              Failure.of(
                  FailureCode.TIMEOUT,
                  "its work did not begin within timeouts.queue; nothing was run"))
          .toString();

  private static final String LATE_FACTS = Journal.json(List.of(Fact.end(Status.FAILED)));

  private static final String LATER = "claimed_until = now() + make_interval(secs => :pause)";

  private static final String FACTS = Journal.json(List.of(Fact.status(Status.PREPARING)));

  private final JdbcClient jdbc;
  private final Journal journal;

  Dispatch(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /** An execution that is ours to start. */
  public record Claim(
      ExecutionId id, Project project, String taskName, int taskVersion, int priority) {}

  /**
   * Takes waiting executions, by priority, then by age. A pool of executors may have as many under
   * way as its live executors have slots.
   *
   * @param bounds how many may be under way in pools that no executor registers for
   * @param most under way in any pool of executors, whatever slots it has
   */
  public List<Claim> claim(Map<String, Integer> bounds, int most, Duration lease) {
    List<String> pools = List.copyOf(bounds.keySet());
    return jdbc.sql(CLAIM)
        .param("pools", pools.toArray(String[]::new))
        .param("bounds", pools.stream().map(bounds::get).toArray(Integer[]::new))
        .param("most", most)
        .param("lease", lease.toSeconds())
        .param("count", 1)
        .param("facts", FACTS)
        .query((row, n) -> claim(row))
        .list();
  }

  /** Takes at most so many that somebody claimed and never started within his lease. */
  public List<Claim> reclaim(int limit, Duration lease) {
    return jdbc.sql(RECLAIM)
        .param("limit", limit)
        .param("lease", lease.toSeconds())
        .query((row, n) -> claim(row))
        .list();
  }

  private static Claim claim(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Claim(
        new ExecutionId(row.getObject("id", UUID.class)),
        new Project(row.getString("project")),
        row.getString("task_name"),
        row.getInt("task_version"),
        row.getInt("priority"));
  }

  /** Gives back a claim whose start failed, to be tried again after the pause. */
  public void postpone(ExecutionId id, Duration pause, String reason) {
    Map<String, Object> parameters = Map.of("pause", pause.toMillis() / 1000.0, "reason", reason);
    String unstarted = "status = 'PREPARING' and route is null";
    boolean news =
        journal
            .append(
                id,
                LATER + ", waiting_for = :reason, waiting_since = now()",
                unstarted + " and waiting_for is distinct from :reason",
                parameters,
                List.of(Fact.waiting(reason)))
            .isPresent();
    if (!news) {
      jdbc.sql("update execution set " + LATER + " where id = :id and " + unstarted)
          .params(parameters)
          .param("id", id.value())
          .update();
    }
  }

  /** Lets through what was to start later and whose time has come; tells how many. */
  public int promoteDue() {
    return jdbc.sql(
            "update execution set due = true where status = 'RECEIVED' and not due and due_at <="
                + " now()")
        .update();
  }

  /**
   * Fails at most so many whose work has not begun in time and that nobody claimed; tells how many.
   */
  public int expire(int limit) {
    return jdbc.sql(EXPIRE)
        .param("limit", limit)
        .param("failure", LATE)
        .param("count", 1)
        .param("facts", LATE_FACTS)
        .query((row, n) -> 1)
        .list()
        .size();
  }
}
