package io.taskwright.store.limit;

import io.taskwright.model.Project;
import io.taskwright.model.execution.Actor;
import io.taskwright.store.limit.Refusal.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The limits of projects. What a project has is counted in one row, in the commits that accept and
 * end its executions; for projects that never had limits nothing is counted.
 */
@Repository
public class ProjectLimits {
  /**
   * Counts a start of {@code :tenant}, in SQL. Gives no row if the project has no limits, and none
   * if one of them is reached: starts of one project wait for each other here, so none is exceeded.
   * The starts of a minute are a bucket of as many, which fills evenly.
   */
  public static final String COUNT =
      """
        update project_limit
        set unended = unended + 1,
          next_start = case when starts_per_minute is null then next_start
            else greatest(next_start, now()) + interval '1 minute' / starts_per_minute end
        where project = cast(:tenant as text) and (quota is null or unended < quota)
          and (starts_per_minute is null
            or greatest(next_start, now()) + interval '1 minute' / starts_per_minute
              <= now() + interval '1 minute')
        returning project
      """;

  private static final Duration SOON = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  ProjectLimits(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * What a project may have, and what it has.
   *
   * @param unended accepted since it has limits, and not ended; zero if it never had any
   * @param inFlight of these, dispatched
   */
  public record Use(ProjectLimit limit, long unended, long inFlight) {}

  /** What the project may have and has. */
  public Use use(Project project) {
    return jdbc.sql(
            """
            select in_flight, quota, starts_per_minute, unended,
              (select count(*) from execution e where e.tenant = l.project and e.tenant <> ''
                 and e.dispatched_at is not null and e.ended_at is null)
            from project_limit l where project = ?
            """)
        .param(project.name())
        .query(ProjectLimits::use)
        .optional()
        .orElse(new Use(ProjectLimit.NONE, 0, 0));
  }

  private static Use use(ResultSet row, int number) throws SQLException {
    return new Use(
        new ProjectLimit(limit(row, 1), limit(row, 2), limit(row, 3)),
        row.getLong(4),
        row.getLong(5));
  }

  private static OptionalInt limit(ResultSet row, int column) throws SQLException {
    int limit = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  /** Sets the limits. What the project has already is counted too, and nothing of it ends. */
  public void set(Project project, ProjectLimit limit, Actor by) {
    jdbc.sql(
            "update execution set tenant = project where project = ? and tenant = ''"
                + " and parent is null and ended_at is null and dry is null")
        .param(project.name())
        .update();
    transaction.executeWithoutResult(status -> {
      store(project, limit, by);
      count(project);
    });
  }

  /** Locks the row: who starts or ends an execution of the project waits until it is counted. */
  private void store(Project project, ProjectLimit limit, Actor by) {
    jdbc.sql(
            """
            insert into project_limit (project, in_flight, quota, starts_per_minute, unended,
              next_start, updated_at, updated_by)
            values (:project, cast(:inFlight as integer), cast(:quota as integer),
              cast(:starts as integer), 0, now(), now(), :by)
            on conflict (project) do update set
              in_flight = excluded.in_flight, quota = excluded.quota,
              starts_per_minute = excluded.starts_per_minute,
              updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """)
        .param("project", project.name())
        .param("inFlight", orNull(limit.inFlight()))
        .param("quota", orNull(limit.quota()))
        .param("starts", orNull(limit.startsPerMinute()))
        .param("by", by.toString())
        .update();
  }

  private static @Nullable Integer orNull(OptionalInt limit) {
    return limit.isPresent() ? Integer.valueOf(limit.getAsInt()) : null;
  }

  private void count(Project project) {
    jdbc.sql(
            """
            update project_limit l set unended =
              (select count(*) from execution e where e.tenant = l.project and e.ended_at is null)
            where project = ? returning pg_notify('dispatch', '')
            """)
        .param(project.name())
        .query((row, n) -> 1)
        .list();
  }

  /** Holds off all who start or end executions of these projects until the transaction ends. */
  public void hold(List<Project> held) {
    jdbc.sql(
            "select project from project_limit where project = any(:projects)"
                + " order by project for update")
        .param("projects", held.stream().map(Project::name).toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** Whether any project has or had limits. */
  public boolean any() {
    return jdbc.sql("select exists (select from project_limit)").query(Boolean.class).single();
  }

  /** Why a start was not counted, as things are now. */
  public Optional<Refusal> refusal(Project project) {
    return jdbc.sql(
            """
            select quota, starts_per_minute, unended,
              ceil(extract(epoch from greatest(next_start, now()) - now()
                + interval '1 minute' / starts_per_minute - interval '1 minute'))::bigint
            from project_limit where project = ?
            """)
        .param(project.name())
        .query((row, n) -> {
          OptionalInt quota = limit(row, 1);
          if (quota.isPresent() && row.getLong(3) >= quota.getAsInt()) {
            return new Refusal(
                Cause.QUOTA,
                "the project has %d executions that have not ended, and may have %d; try again when some have ended"
                    .formatted(row.getLong(3), quota.getAsInt()),
                SOON);
          }
          return new Refusal(
              Cause.STARTS,
              "the project may start %d executions a minute; try again a little later"
                  .formatted(limit(row, 2).orElse(0)),
              Duration.ofSeconds(Math.max(1, row.getLong(4))));
        })
        .optional();
  }
}
