package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Routing;
import io.taskwright.store.execution.StartLimits.Gate;
import io.taskwright.store.pool.ExecutorWorkers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What executions wait for that have not been dispatched. */
@Repository
public class Waits {
  /** Who goes before it is counted so far: nobody needs more. */
  private static final int FAR = 10_000;

  private static final String AHEAD =
      """
      (select count(*) from (select from execution a
         where %s and a.status = 'RECEIVED' and a.due and a.limited_by %s
           and (a.priority, a.turn, a.id) < (e.priority, e.turn, e.id) limit 10000) far)
      """;

  private static final String WAIT =
      """
      select e.pool, e.due, e.due_at, e.awaits, e.start_by, e.limited_by, e.tenant, e.waiting_for, e.waiting_since,
        e.accepted_at, greatest(e.accepted_at, e.due_at) as since,
        e.place_key, e.place_most, e.pace_key, e.pace_most,
        extract(epoch from e.pace_per)::bigint as per,
        case e.limited_by when 'CONCURRENCY' then %s when 'RATE' then %s else %s end as ahead,
        (select count(*) from execution o
         where o.place = e.place and o.placed and o.ended_at is null) as placed,
        (select min(o.dispatched_at) + e.pace_per from execution o
         where o.pace = e.pace and o.dispatched_at > now() - e.pace_per) as until,
        (select in_flight from project_limit l where l.project = e.tenant) as in_flight,
        (select count(*) from execution o where o.tenant = e.tenant and o.tenant <> ''
           and o.dispatched_at is not null and o.ended_at is null) as flying,
        (select count(*) from execution o
         where o.pool = e.pool and o.status in ('PREPARING', 'RUNNING')) as taken,
        (select sum(w.slots) from executor_worker w
         where w.pool = e.pool and not w.draining and w.%s) as slots
      from execution e where e.id = :id and e.status = 'RECEIVED'
      """
          .formatted(
              AHEAD.formatted("a.place = e.place", "= 'CONCURRENCY'"),
              AHEAD.formatted("a.pace = e.pace", "= 'RATE'"),
              AHEAD.formatted("a.pool = e.pool", "is null"),
              ExecutorWorkers.LIVE);

  private final JdbcClient jdbc;

  Waits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What the execution waits for; empty once it was dispatched. */
  public Optional<Wait> of(ExecutionId id) {
    return jdbc.sql(WAIT).param("id", id.value()).query((row, n) -> wait(row)).optional();
  }

  private static Wait wait(ResultSet row) throws SQLException {
    String told = row.getString("waiting_for");
    if (told != null) {
      Instant since = time(row, "waiting_since");
      return new Wait(told, since == null ? required(row, "since") : since, null, null);
    }
    Instant since = required(row, "since");
    Awaited awaited = Awaited.of(row.getString("awaits"));
    if (!awaited.none()) {
      String until = " until " + required(row, "start_by") + " at the latest";
      return new Wait(awaited.words() + until, required(row, "accepted_at"), null, null);
    }
    if (!row.getBoolean("due")) {
      Instant due = required(row, "due_at");
      return new Wait("its start time " + due, since, null, due);
    }
    long ahead = row.getLong("ahead");
    String limit = row.getString("limited_by");
    if (limit == null) {
      return new Wait(slot(row), since, ahead, null);
    }
    return switch (Gate.valueOf(limit)) {
      case CONCURRENCY ->
          new Wait(
              "the limit of %d at once%s: %d under way, %s ahead of it"
                  .formatted(
                      row.getInt("place_most"),
                      key(row, "place_key"),
                      row.getLong("placed"),
                      far(ahead)),
              since,
              ahead,
              null);
      case RATE -> {
        Instant until = time(row, "until");
        yield new Wait(
            "the rate of %d per %s%s: %s ahead of it%s"
                .formatted(
                    row.getInt("pace_most"),
                    Duration.ofSeconds(row.getLong("per")),
                    key(row, "pace_key"),
                    far(ahead),
                    until == null ? "" : ", the next may begin at " + until),
            since,
            ahead,
            until);
      }
    };
  }

  /** What holds up who has passed the limits of its task. */
  private static String slot(ResultSet row) throws SQLException {
    String pool = row.getString("pool");
    long slots = row.getLong("slots");
    boolean executors =
        !pool.equals(Routing.IN_PROCESS_POOL) && !pool.equals(Routing.FUNCTIONS_POOL);
    int inFlight = row.getInt("in_flight");
    if (!row.wasNull() && row.getLong("flying") >= inFlight) {
      return "the project's limit of %d in flight: %d are"
          .formatted(inFlight, row.getLong("flying"));
    }
    if (executors && slots == 0) {
      return "no live executor in pool '" + pool + "'";
    }
    return executors
        ? "a free slot of pool '%s': %d of %d are taken, %s ahead of it"
            .formatted(pool, row.getLong("taken"), slots, far(row.getLong("ahead")))
        : "a free slot of pool '%s': %d are taken, %s ahead of it"
            .formatted(pool, row.getLong("taken"), far(row.getLong("ahead")));
  }

  private static String key(ResultSet row, String column) throws SQLException {
    String key = row.getString(column);
    return key == null ? " of its task" : " of its task for '" + key + "'";
  }

  private static String far(long ahead) {
    return ahead >= FAR ? "at least " + FAR : Long.toString(ahead);
  }

  /** How many wait for limits of each kind. */
  public Map<String, Long> byLimit() {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("concurrency", count("limited_by = 'CONCURRENCY'"));
    numbers.put("rate", count("limited_by = 'RATE'"));
    return numbers;
  }

  private long count(String condition) {
    return jdbc.sql(
            "select count(*) from execution where status = 'RECEIVED' and due and " + condition)
        .query(Long.class)
        .single();
  }

  private static Instant required(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
