package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.model.execution.Actor;
import io.taskwright.store.execution.Commands.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cancels executions that found their limit reached and do not want to wait, or want another to.
 */
@Component
class LimitStrategies {
  private static final Actor LIMIT = new Actor(Actor.Kind.SERVICE, "concurrency limit");

  private final JdbcClient jdbc;
  private final Commands commands;

  LimitStrategies(JdbcClient jdbc, Commands commands) {
    this.jdbc = jdbc;
    this.commands = commands;
  }

  private record Waiting(
      ExecutionId id, Project project, UUID place, String key, int most, OnLimit onLimit) {}

  /** Applies them to who still waits at these limits once all free places are given. */
  void apply(UUID[] places) {
    List<Waiting> waiting =
        jdbc.sql(
                """
                select id, project, place, place_key, place_most, on_limit from execution e
                where place = any(cast(:places as uuid[])) and status = 'RECEIVED' and due
                  and limited_by = 'CONCURRENCY' and on_limit <> 'QUEUE'
                  and (select count(*) from execution o
                       where o.place = e.place and o.placed and o.ended_at is null) >= place_most
                order by place, id
                """)
            .param("places", places)
            .query((row, n) ->
                new Waiting(
                    new ExecutionId(row.getObject(1, UUID.class)),
                    new Project(row.getString(2)),
                    row.getObject(3, UUID.class),
                    Entrance.of(row.getString(4)),
                    row.getInt(5),
                    OnLimit.valueOf(row.getString(6))))
            .list();
    Map<UUID, ExecutionId> newest = new HashMap<>();
    waiting.forEach(one -> newest.put(one.place(), one.id()));
    // Those that run come first: their rows may be locked by who waits for what cancelling locks.
    for (Waiting one : waiting) {
      if (one.onLimit() == OnLimit.CANCEL_OLDEST && one.id().equals(newest.get(one.place()))) {
        oldest(one);
      }
    }
    for (Waiting one : waiting) {
      switch (one.onLimit()) {
        case QUEUE -> {} // it waits
        case REJECT, CANCEL_NEWEST ->
            cancel(
                one.id(),
                one,
                "as many executions " + one.key() + " as may be were under way when it came");
        case CANCEL_OLDEST -> {
          if (!one.id().equals(newest.get(one.place()))) {
            cancel(one.id(), one, "a newer execution " + one.key() + " took its turn");
          }
        }
      }
    }
  }

  /**
   * Of those that have a place the first that has not begun, or else the first; none if one of them
   * is about to end.
   */
  private void oldest(Waiting newest) {
    jdbc.sql(
            """
            select id from execution e
            where place = :place and placed and ended_at is null
              and not exists (select from execution o where o.place = :place and o.placed
                              and o.ended_at is null and o.cancel is not null)
            order by (dispatched_at is not null), id limit 1
            """)
        .param("place", newest.place())
        .query(UUID.class)
        .optional()
        .ifPresent(id ->
            cancel(
                new ExecutionId(id),
                newest,
                "the newer execution " + newest.id() + " " + newest.key() + " took its place"));
  }

  private void cancel(ExecutionId id, Waiting at, String reason) {
    commands.cancel(
        new Order(at.project(), id, LIMIT, reason + " (at most " + at.most() + " at once)"));
  }
}
