package io.taskwright.store.execution;

import io.taskwright.model.Project;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.store.execution.StartLimits.Gate;
import io.taskwright.store.execution.StartLimits.Pace;
import io.taskwright.store.execution.StartLimits.Place;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.limit.Refusal;
import io.taskwright.store.limit.Refusal.Cause;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds starts that may be refused against the limits, those of one limit one after another. */
@Component
class Entrance {
  /** Nobody knows when a place is free. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Who counts for a rate: began within its window, or was let through and has not begun yet. */
  static final String PACED =
      """
      (select count(*) from execution b where b.pace = :pace
         and b.dispatched_at > now() - make_interval(secs => :per))
      + (select count(*) from execution b where b.pace = :pace
           and b.paced and b.dispatched_at is null and b.ended_at is null)
      """;

  private final JdbcClient jdbc;
  private final LimitLocks locks;
  private final ProjectLimits projects;

  Entrance(JdbcClient jdbc, LimitLocks locks, ProjectLimits projects) {
    this.jdbc = jdbc;
    this.locks = locks;
    this.projects = projects;
  }

  /**
   * Holds off all other starts at the limits of these until the transaction ends. Whoever takes in
   * many does this first: limits of tasks come before those of projects, and both before keys.
   */
  void hold(List<NewExecution> executions) {
    locks.take(
        executions.stream()
            .filter(NewExecution::refusable)
            .flatMap(one -> ids(one.limits()))
            .toList());
    projects.hold(executions.stream().map(NewExecution::project).distinct().toList());
  }

  private static Stream<UUID> ids(StartLimits limits) {
    Place place = limits.place();
    Pace pace = limits.pace();
    return Stream.concat(
        Stream.ofNullable(place == null ? null : place.id()),
        Stream.ofNullable(pace == null ? null : pace.id()));
  }

  /** Why no execution can be taken in now; holds off all others until the transaction ends. */
  Optional<Refusal> refusal(StartLimits limits) {
    locks.take(ids(limits).toList());
    Place place = limits.place();
    Pace pace = limits.pace();
    Optional<Refusal> full =
        place == null || place.onLimit() != OnLimit.REJECT ? Optional.empty() : full(place);
    return full.or(() -> pace == null || !pace.refuses() ? Optional.empty() : fast(pace));
  }

  private Optional<Refusal> full(Place place) {
    long used =
        jdbc.sql("select count(*) from execution where place = ? and placed and ended_at is null")
            .param(place.id())
            .query(Long.class)
            .single();
    return used < place.most()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Cause.CONCURRENCY,
                used
                    + " executions "
                    + of(place.key())
                    + " are under way, and "
                    + place.most()
                    + " may be; try again when one has ended",
                SOON));
  }

  private Optional<Refusal> fast(Pace pace) {
    Map<String, Object> parameters = Map.of("pace", pace.id(), "per", pace.per().toSeconds());
    long used = jdbc.sql("select " + PACED).params(parameters).query(Long.class).single();
    if (used < pace.most()) {
      return Optional.empty();
    }
    long seconds =
        jdbc.sql(
                """
                select ceil(extract(epoch from min(dispatched_at) - now()) + :per)::bigint
                from execution
                where pace = :pace and dispatched_at > now() - make_interval(secs => :per)
                """)
            .params(parameters)
            .query(Long.class)
            .optional()
            .orElse(SOON.toSeconds());
    return Optional.of(
        new Refusal(
            Cause.RATE,
            "%d executions %s have begun within %s, and no more may; try again in %d s"
                .formatted(used, of(pace.key()), pace.per(), seconds),
            Duration.ofSeconds(Math.max(1, seconds))));
  }

  static String of(@Nullable String key) {
    return key == null ? "of this task" : "of this task for '" + key + "'";
  }

  /** Why the project could not have another execution a moment ago. */
  Refusal refusal(Project project) {
    return projects.refusal(project).orElse(new Refusal(Cause.QUOTA, "try again", SOON));
  }

  /**
   * The columns of the row that say what limits it.
   *
   * @param entered whether it has passed those that refuse
   */
  static Map<String, @Nullable Object> parameters(StartLimits limits, boolean entered) {
    Place place = limits.place();
    Pace pace = limits.pace();
    boolean placed = entered && place != null && place.onLimit() == OnLimit.REJECT;
    boolean paced = entered && pace != null && pace.refuses();
    Gate gate = limits.first(placed, paced);
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("place", place == null ? null : place.id());
    parameters.put("placeMost", place == null ? null : place.most());
    parameters.put("placeKey", place == null ? null : place.key());
    parameters.put("placed", placed);
    parameters.put("pace", pace == null ? null : pace.id());
    parameters.put("paceMost", pace == null ? null : pace.most());
    parameters.put("pacePer", pace == null ? null : (int) pace.per().toSeconds());
    parameters.put("paceKey", pace == null ? null : pace.key());
    parameters.put("paced", paced);
    parameters.put("onLimit", place == null ? null : place.onLimit().name());
    parameters.put("limitedBy", gate == null ? null : gate.name());
    return parameters;
  }
}
