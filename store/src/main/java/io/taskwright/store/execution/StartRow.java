package io.taskwright.store.execution;

import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.execution.Status;
import io.taskwright.store.limit.ProjectLimits;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The row of an accepted execution, with the first thing that happened to it. */
final class StartRow {
  /**
   * Writes it, counted against the project's limits, if it has any, in the same statement; writes
   * nothing if one of these is reached. What checks another execution goes in its place among the
   * project's, and is not counted: it would wait for the very one that waits for it.
   */
  static final String INSERT =
      """
      with counted as (
      """
          + ProjectLimits.COUNT
          + """
          ), x as (
            insert into execution (id, project, task_id, task_name, task_version, status, seq, priority,
              pool, input, labels, origin, accepted_at, due_at, due, start_by, awaited_until, files,
              cache_use, turn, tenant, dry, place, place_most, place_key, placed, pace, pace_most, pace_per,
              pace_key, paced, on_limit, limited_by, awaits, parent)
            select :id, :project, :task, :name, :version, 'RECEIVED', :count, :priority, :pool,
              cast(:input as json), cast(:labels as jsonb), cast(:origin as json), now(),
              coalesce(cast(:dueAt as timestamptz), now()),
              coalesce(cast(:dueAt as timestamptz) <= now(), true) and cast(:awaits as jsonb) is null,
              coalesce(cast(:dueAt as timestamptz), now()) + make_interval(secs => :within),
              case when :awaited then now() + interval '70 seconds' end, cast(:files as jsonb),
              :cacheUse, coalesce(cast(:dueAt as timestamptz), now()), coalesce((select project from counted), ''),
              cast(:dry as json),
              cast(:place as uuid), cast(:placeMost as integer), cast(:placeKey as text), :placed,
              cast(:pace as uuid), cast(:paceMost as integer),
              make_interval(secs => cast(:pacePer as integer)), cast(:paceKey as text), :paced,
              cast(:onLimit as text), cast(:limitedBy as text), cast(:awaits as jsonb), cast(:parent as uuid)
            where exists (select from counted)
              or not exists (select from project_limit where project = cast(:tenant as text))
            returning id, seq, project, task_id
          )
          """
          + Journal.ADD_FACTS;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Fact ACCEPTED = Fact.status(Status.RECEIVED);
  private static final String FACTS = Journal.json(List.of(ACCEPTED));

  private StartRow() {}

  /**
   * What {@link #INSERT} takes.
   *
   * @param entered whether it has passed those of its limits that refuse
   */
  static Map<String, @Nullable Object> parameters(NewExecution execution, boolean entered) {
    Map<String, @Nullable Object> parameters =
        new HashMap<>(Entrance.parameters(execution.limits(), entered));
    parameters.put("id", execution.id().value());
    parameters.put("project", execution.project().name());
    UUID parent = parent(execution.origin());
    parameters.put("tenant", parent == null ? execution.project().name() : null);
    parameters.put("dry", null);
    parameters.put("task", execution.task().value());
    parameters.put("name", execution.taskName());
    parameters.put("version", execution.taskVersion());
    parameters.put("priority", execution.priority());
    parameters.put("pool", execution.pool());
    parameters.put("input", execution.input());
    parameters.put("labels", JSON.writeValueAsString(execution.labels()));
    parameters.put("origin", origin(execution));
    parameters.put(
        "dueAt",
        execution.dueAt() == null
            ? null
            : OffsetDateTime.ofInstant(execution.dueAt(), ZoneOffset.UTC));
    Awaited awaited = new Awaited(new TreeMap<>(execution.awaits()));
    parameters.put("awaits", awaited.column());
    parameters.put(
        "within",
        awaited.none() ? execution.startWithin().toSeconds() : awaited.first().toSeconds());
    parameters.put("parent", parent);
    parameters.put("awaited", execution.awaited());
    parameters.put("files", GivenFiles.json(execution.files()));
    parameters.put("cacheUse", execution.cacheUse().name());
    parameters.put("count", awaited.none() ? 1 : 2);
    parameters.put(
        "facts", awaited.none() ? FACTS : Journal.json(List.of(ACCEPTED, awaited.waiting())));
    return parameters;
  }

  /**
   * What {@link #INSERT} takes of a dry run: no limit holds it, it counts for none, and it waits
   * for no signal. What is not run waits for no executor, but goes to the core workers.
   */
  static Map<String, @Nullable Object> dry(NewExecution execution, DryRun dryRun) {
    Map<String, @Nullable Object> parameters = parameters(execution, false);
    parameters.putAll(Entrance.parameters(StartLimits.NONE, false));
    parameters.put("tenant", null);
    parameters.put("awaits", null);
    parameters.put("within", execution.startWithin().toSeconds());
    parameters.put("count", 1);
    parameters.put("facts", FACTS);
    parameters.put("dry", DryRunJson.text(dryRun));
    if (!(dryRun instanceof DryRun.Closed)) {
      parameters.put("pool", Routing.IN_PROCESS_POOL);
    }
    return parameters;
  }

  /** The execution that it checks, if it checks one. */
  private static @Nullable UUID parent(Origin origin) {
    return origin.kind() == Origin.Kind.CHECK
        ? Objects.requireNonNull(origin.execution()).value()
        : null;
  }

  private static String origin(NewExecution execution) {
    Origin origin = execution.origin();
    ObjectNode json =
        JSON.createObjectNode().put("kind", origin.kind().word()).put("by", origin.by().name());
    if (origin.execution() != null) {
      json.put("execution", origin.execution().toString());
    }
    return JSON.writeValueAsString(json);
  }
}
