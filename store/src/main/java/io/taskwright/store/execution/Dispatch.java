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
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The waiting executions, as dispatchers see them. A claim is a lease: who dies with it loses it,
 * and starting twice is harmless.
 */
@Repository
public class Dispatch {
  /** The pools that work can be claimed for, each with how many may be under way. */
  private static final String POOLS =
      """
      with p as materialized (
        select name, bound
        from unnest(cast(:pools as text[]), cast(:bounds as integer[])) as fixed(name, bound)
        union all
        select pool, least(sum(slots), :most)::integer from executor_worker
        where not draining and pool <> all(cast(:pools as text[])) and
      """
          + ExecutorWorkers.LIVE
          + """

            group by pool
          )
          """;

  /** How many more a pool may have under way. */
  private static final String ROOM =
      """
      greatest(0, p.bound - (select count(*) from execution
                             where pool = p.name and status in ('PREPARING', 'RUNNING')))
      """;

  /** Claims those of {@code w}; as an array, so that nobody thinks of reading the whole table. */
  private static final String TAKE =
      """
      , x as (
        update execution e
        set status = 'PREPARING', seq = seq + :count, waiting_for = null, waiting_since = null,
            claimed_until = now() + make_interval(secs => :lease), dispatched_at = now()
        where e.id = any (array(select id from w))
        returning e.id, e.seq, e.project, e.task_id, e.task_name, e.priority, e.task_version, e.turn,
          greatest(e.accepted_at, e.due_at) as since
      ), facts as (
      """
          + Journal.ADD_FACTS
          + """
          ) select id, project, task_name, task_version, priority,
            extract(epoch from now() - since) as waited
          from x order by priority, turn, id
          """;

  private static final String CLAIM =
      POOLS
          + """
          , w as materialized (
            select next.id
            from p
            cross join lateral (
              select id from execution
              where pool = p.name and tenant = '' and status = 'RECEIVED' and due
                and limited_by is null
              order by priority, turn, id
              limit
          """
          + ROOM
          + """
              for update skip locked) next
          )
          """
          + TAKE;

  /** The same where projects have limits: the best of those whose projects may have more. */
  private static final String CLAIM_WITHIN_PROJECTS =
      POOLS
          + """
          , r as materialized (select p.name, room from p cross join lateral (select
          """
          + ROOM
          + """
           as room) each where room > 0),
          t as materialized (
            select l.project, case when in_flight is null then 1000000 else greatest(0, in_flight
              - (select count(*) from execution e where e.tenant = l.project and e.tenant <> ''
                   and e.dispatched_at is not null and e.ended_at is null)) end as free
            from project_limit l
          ), c as materialized (
            select r.name, r.room, null::text as project, null::bigint as free, next.*
            from r cross join lateral (
              select id, priority, turn from execution
              where pool = r.name and tenant = '' and status = 'RECEIVED' and due
                and limited_by is null
              order by priority, turn, id limit r.room for update skip locked) next
            union all
            select r.name, r.room, t.project, t.free, next.*
            from r cross join t cross join lateral (
              select id, priority, turn from execution
              where pool = r.name and tenant = t.project and status = 'RECEIVED' and due
                and limited_by is null
              order by priority, turn, id limit least(r.room, t.free) for update skip locked) next
          ), f as (
            select *, row_number() over (partition by project order by priority, turn, id) as nth
            from c
          ), w as materialized (
            select id from (
              select id, room, row_number() over (partition by name order by priority, turn, id)
                as nth
              from f where project is null or nth <= free) b
            where nth <= room
          )
          """
          + TAKE;

  private static final String RECLAIM =
      """
      update execution e set claimed_until = now() + make_interval(secs => :lease)
      from (select id from execution
            where status = 'PREPARING' and claimed_until < now()
            order by id limit :limit for update skip locked) w
      where e.id = w.id
      returning e.id, e.project, e.task_name, e.task_version, e.priority, 0 as waited
      """;

  private static final String EXPIRE =
      """
      with x as (
        update execution e
        set status = 'FAILED', seq = seq + :count, ended_at = now(), failure = case
              when awaits is null then cast(:failure as json)
              else cast(cast(:failure as jsonb) || jsonb_build_object('message',
                'it was not told in time: '
                || (select string_agg('''' || name || '''', ', ' order by name)
                    from jsonb_object_keys(awaits) as name)
                || '; nothing was run') as json) end,
            waiting_for = null, waiting_since = null
        from (select id from execution where status = 'RECEIVED' and start_by < now()
              order by start_by limit :limit for update skip locked) l
        where e.id = l.id
        returning e.id, e.seq, e.project, e.task_id, e.dry
      ), facts as (
      """
          + Journal.ADD_FACTS
          + ") select dry is not null from x";

  private static final String LATE =
      Failures.json(
              Failure.of(
                  FailureCode.TIMEOUT,
                  "its work did not begin within timeouts.queue; nothing was run"))
          .toString();

  private static final String LATE_FACTS = Journal.json(List.of(Fact.end(Status.FAILED)));

  private static final String LATER = "claimed_until = now() + make_interval(secs => :pause)";

  private static final String FACTS = Journal.json(List.of(Fact.status(Status.PREPARING)));

  /** The lock of those that claim where projects have limits. */
  private static final long PROJECTS = 0x7461736b77726974L;

  private final JdbcClient jdbc;
  private final Journal journal;
  private final TransactionTemplate transaction;

  Dispatch(JdbcClient jdbc, Journal journal, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.transaction = transaction;
  }

  /**
   * An execution that is ours to start.
   *
   * @param waited since it was due; zero if somebody had claimed it before
   */
  public record Claim(
      ExecutionId id,
      Project project,
      String taskName,
      int taskVersion,
      int priority,
      Duration waited) {}

  /**
   * Takes waiting executions, by priority, then by age; of a key that has some under way already,
   * later. A pool of executors may have as many under way as its live executors have slots.
   *
   * @param bounds how many may be under way in pools that no executor registers for
   * @param most under way in any pool of executors, whatever slots it has
   */
  public List<Claim> claim(Map<String, Integer> bounds, int most, Duration lease) {
    return claim(CLAIM, bounds, most, lease);
  }

  /** The same where projects have limits: dispatchers take turns, and none is exceeded. */
  public List<Claim> claimWithinProjects(Map<String, Integer> bounds, int most, Duration lease) {
    return transaction.execute(status -> {
      jdbc.sql("select set_config('jit', 'off', true), pg_advisory_xact_lock(?)")
          .param(PROJECTS)
          .query((row, n) -> 1)
          .list();
      return claim(CLAIM_WITHIN_PROJECTS, bounds, most, lease);
    });
  }

  private List<Claim> claim(String sql, Map<String, Integer> bounds, int most, Duration lease) {
    List<String> pools = List.copyOf(bounds.keySet());
    return jdbc.sql(sql)
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
        row.getInt("priority"),
        Duration.ofMillis((long) (row.getDouble("waited") * 1000)));
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
            "update execution set due = true where status = 'RECEIVED' and not due"
                + " and awaits is null and due_at <= now()")
        .update();
  }

  /**
   * Fails at most so many whose work has not begun in time and that nobody claimed; tells how many.
   */
  public int expire(int limit) {
    List<Boolean> late =
        jdbc.sql(EXPIRE)
            .param("limit", limit)
            .param("failure", LATE)
            .param("count", 1)
            .param("facts", LATE_FACTS)
            .query((row, n) -> row.getBoolean(1))
            .list();
    journal.ended(Status.FAILED, late);
    return late.size();
  }
}
