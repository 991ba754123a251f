package io.taskwright.store.execution;

import io.taskwright.store.execution.StartLimits.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The executions that wait for limits of their tasks, as dispatchers see them. Who counts for a
 * limit is counted anew each time from the rows: nothing that is booked can be forgotten.
 */
@Repository
public class LimitQueues {
  /** Checks whose time has come, taken away: they come back if this is not committed. */
  private static final String TAKE =
      """
      delete from limit_check where id in (
        select id from limit_check where due_at <= now() order by due_at, id limit :limit
        for update skip locked)
      returning kind, gate
      """;

  /** The limits of this kind, each with who is first in its queue and how many count for it. */
  private static final String PLACES =
      """
      with g as materialized (
        select gate, head.place_most as most,
          (select count(*) from execution e
           where e.place = gate and e.placed and e.ended_at is null) as used
        from unnest(cast(:gates as uuid[])) as gate
        cross join lateral (
          select place_most from execution
          where place = gate and status = 'RECEIVED' and due and limited_by = 'CONCURRENCY'
          order by priority, turn, id limit 1) head
      )
      """;

  private static final String RATES =
      """
      with g as materialized (
        select gate, head.pace_most as most, head.pace_per as per,
          (select count(*) from execution e
           where e.pace = gate and e.dispatched_at > now() - head.pace_per)
          + (select count(*) from execution e
             where e.pace = gate and e.paced and e.dispatched_at is null and e.ended_at is null)
            as used
        from unnest(cast(:gates as uuid[])) as gate
        cross join lateral (
          select pace_most, pace_per from execution
          where pace = gate and status = 'RECEIVED' and due and limited_by = 'RATE'
          order by priority, turn, id limit 1) head
      )
      """;

  /**
   * Gives free places to the first of each queue. Who has many under way stands further back among
   * those that wait for the pool: so keys take turns, whoever came first with how many.
   */
  private static final String PLACE =
      PLACES
          + """
          , n as materialized (
            select next.id, g.used + row_number() over (partition by g.gate
              order by next.priority, next.turn, next.id) - 1 as before
            from g cross join lateral (
              select id, priority, turn from execution
              where place = g.gate and status = 'RECEIVED' and due and limited_by = 'CONCURRENCY'
              order by priority, turn, id limit greatest(0, g.most - g.used)
              for update skip locked) next
          )
          update execution e
          set placed = true, turn = now() + n.before * interval '10 seconds',
            limited_by = case when pace is not null and not paced then 'RATE' end
          from n where e.id = any (array(select id from n)) and e.id = n.id
          """;

  private static final String PACE =
      RATES
          + """
          , n as materialized (
            select next.id
            from g cross join lateral (
              select id from execution
              where pace = g.gate and status = 'RECEIVED' and due and limited_by = 'RATE'
              order by priority, turn, id limit greatest(0, g.most - g.used)
              for update skip locked) next
          )
          update execution e
          set paced = true,
            limited_by = case when place is not null and not placed then 'CONCURRENCY' end
          from n where e.id = any (array(select id from n)) and e.id = n.id
          """;

  /** Who was skipped because somebody just changed him is looked at again. */
  private static final String SKIPPED =
      PLACES
          + """
          insert into limit_check (kind, gate, due_at)
          select 'CONCURRENCY', gate, now() + interval '50 milliseconds' from g where used < most
          """;

  /** Looks again when the first leaves the window, or soon if those let through wait elsewhere. */
  private static final String LATER =
      RATES
          + """
          insert into limit_check (kind, gate, due_at)
          select 'RATE', gate, greatest(now() + interval '10 milliseconds', coalesce(
              (select min(dispatched_at) from execution e
               where e.pace = gate and e.dispatched_at > now() - per) + per,
              now() + interval '500 milliseconds'))
          from g
          where not exists (select from limit_check c where c.gate = g.gate and c.kind = 'RATE')
          """;

  private final JdbcClient jdbc;
  private final LimitLocks locks;
  private final LimitStrategies strategies;

  LimitQueues(JdbcClient jdbc, LimitLocks locks, LimitStrategies strategies) {
    this.jdbc = jdbc;
    this.locks = locks;
    this.strategies = strategies;
  }

  private record Check(Gate gate, UUID id) {}

  /**
   * Lets through whom the limits let through, at limits where something has happened.
   *
   * @param most how many of these are looked at
   * @return whether there may be more to do: there were as many, or somebody came to his next limit
   */
  @Transactional
  public boolean pass(int most) {
    List<Check> checks =
        jdbc.sql(TAKE)
            .param("limit", most)
            .query(
                (row, n) -> new Check(Gate.valueOf(row.getString(1)), row.getObject(2, UUID.class)))
            .list();
    UUID[] rates = of(Gate.RATE, checks);
    UUID[] places = of(Gate.CONCURRENCY, checks);
    List<UUID> all = new ArrayList<>(List.of(rates));
    all.addAll(List.of(places));
    locks.take(all);
    int passed = 0;
    if (rates.length > 0) {
      passed += run(PACE, rates);
      run(LATER, rates);
    }
    if (places.length > 0) {
      passed += run(PLACE, places);
      strategies.apply(places);
      run(SKIPPED, places);
    }
    return checks.size() == most || passed > 0;
  }

  private static UUID[] of(Gate gate, List<Check> checks) {
    return checks.stream()
        .filter(check -> check.gate() == gate)
        .map(Check::id)
        .distinct()
        .toArray(UUID[]::new);
  }

  private int run(String sql, UUID[] gates) {
    return jdbc.sql(sql).param("gates", gates).update();
  }

  /** How long it is until a limit must be looked at; the time given if there is none sooner. */
  public Duration next(Duration otherwise) {
    return jdbc.sql(
            "select extract(epoch from min(due_at) - clock_timestamp()) * 1000 from limit_check")
        .query(Double.class)
        .optional()
        .map(millis -> Duration.ofMillis(Math.max(1, millis.longValue())))
        .filter(until -> until.compareTo(otherwise) < 0)
        .orElse(otherwise);
  }
}
