package io.taskwright.store.execution;

import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far the limits of tasks are used now. */
@Repository
public class LimitLoads {
  private final JdbcClient jdbc;

  LimitLoads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How far a limit is used.
   *
   * @param used how many count for it
   * @param waiting how many wait for it
   */
  public record Load(long used, long waiting) {}

  /** Of how many are under way at once. */
  public Load of(Place place) {
    return load(
        "select (select count(*) from execution b where b.place = :gate and b.placed"
            + " and b.ended_at is null), (select count(*) from execution where place = :gate"
            + " and status = 'RECEIVED' and due and limited_by = 'CONCURRENCY')",
        Map.of("gate", place.id()));
  }

  /** Of how many have begun within the time. */
  public Load of(Pace pace) {
    return load(
        "select "
            + Entrance.PACED
            + ", (select count(*) from execution where pace = :pace"
            + " and status = 'RECEIVED' and due and limited_by = 'RATE')",
        Map.of("pace", pace.id(), "per", pace.per().toSeconds()));
  }

  private Load load(String sql, Map<String, ?> parameters) {
    return jdbc.sql(sql)
        .params(parameters)
        .query((row, n) -> new Load(row.getLong(1), row.getLong(2)))
        .single();
  }
}
