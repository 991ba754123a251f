package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.limit.Refusal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes executions in. Once this returns, an execution is never lost. */
@Repository
public class Intake {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Counted against the project's limits, if it has any, in the same statement. */
  private static final String INSERT =
      """
      with counted as (
      """
          + ProjectLimits.COUNT
          + """
          ), x as (
            insert into execution (id, project, task_id, task_name, task_version, status, seq, priority,
              pool, input, labels, origin, accepted_at, due_at, due, start_by, awaited_until, files,
              cache_use, turn, tenant, place, place_most, place_key, placed, pace, pace_most, pace_per,
              pace_key, paced, on_limit, limited_by)
            select :id, :project, :task, :name, :version, 'RECEIVED', :count, :priority, :pool,
              cast(:input as json), cast(:labels as jsonb), cast(:origin as json), now(),
              coalesce(cast(:dueAt as timestamptz), now()),
              coalesce(cast(:dueAt as timestamptz) <= now(), true),
              coalesce(cast(:dueAt as timestamptz), now()) + make_interval(secs => :within),
              case when :awaited then now() + interval '70 seconds' end, cast(:files as jsonb),
              :cacheUse, coalesce(cast(:dueAt as timestamptz), now()), coalesce((select project from counted), ''),
              cast(:place as uuid), cast(:placeMost as integer), cast(:placeKey as text), :placed,
              cast(:pace as uuid), cast(:paceMost as integer),
              make_interval(secs => cast(:pacePer as integer)), cast(:paceKey as text), :paced,
              cast(:onLimit as text), cast(:limitedBy as text)
            where exists (select from counted)
              or not exists (select from project_limit where project = :project)
            returning id, seq, project, task_id
          )
          """
          + Journal.ADD_FACTS
          + " returning pg_notify('dispatch', '')";

  private static final String FACTS = Journal.json(List.of(Fact.status(Status.RECEIVED)));

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Entrance entrance;

  Intake(JdbcClient jdbc, TransactionTemplate transaction, Entrance entrance) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.entrance = entrance;
  }

  /** What came of a start. */
  public sealed interface Acceptance {
    /** It is stored and will be run. */
    record Accepted(ExecutionId id) implements Acceptance {}

    /** Nothing is wrong with it, but a limit is reached; nothing is stored. */
    record Refused(Refusal refusal) implements Acceptance {}

    /** What a start finds whose key came before. */
    sealed interface Earlier extends Acceptance {}

    /** The same start was accepted before, as this execution of that version of the task. */
    record Repeated(ExecutionId id, int version) implements Earlier {}

    /** Its key was used before, with another body. */
    record Conflict() implements Earlier {}
  }

  /**
   * What became of an earlier start with this key; nothing if there was none. To be asked before
   * anything else is held against a repeated start: the task may have changed since.
   */
  public Optional<Acceptance.Earlier> earlier(
      Project project, TaskId task, NewExecution.StartKey key) {
    return jdbc.sql(
            "select k.fingerprint, k.execution_id, e.task_version"
                + " from start_key k join execution e on e.id = k.execution_id"
                + " where k.project = ? and k.task_id = ? and k.key = ?")
        .params(project.name(), task.value(), key.key())
        .query((row, n) ->
            Arrays.equals(row.getBytes(1), key.fingerprint())
                ? new Acceptance.Repeated(
                    new ExecutionId(row.getObject(2, UUID.class)), row.getInt(3))
                : (Acceptance.Earlier) new Acceptance.Conflict())
        .optional();
  }

  /** Stores the execution, or finds the one that a start with its key has just made. */
  public Acceptance accept(NewExecution execution) {
    boolean refusable = execution.dueAt() == null && execution.limits().refuse();
    if (execution.key() == null && !refusable) {
      return insert(execution, false);
    }
    return transaction.execute(status -> {
      Optional<Refusal> refusal =
          refusable ? entrance.refusal(execution.limits()) : Optional.empty();
      Acceptance acceptance =
          refusal
              .<Acceptance>map(Acceptance.Refused::new)
              .orElseGet(() -> claimed(execution, refusable));
      if (!(acceptance instanceof Acceptance.Accepted)) {
        status.setRollbackOnly();
      }
      return acceptance;
    });
  }

  private Acceptance claimed(NewExecution execution, boolean entered) {
    NewExecution.StartKey key = execution.key();
    Acceptance acceptance = insert(execution, entered);
    return key == null || acceptance instanceof Acceptance.Refused || claim(execution, key)
        ? acceptance
        : earlier(execution.project(), execution.task(), key).orElseThrow();
  }

  /** Takes the key; waits for whoever is just taking it. Tells whether it is ours. */
  private boolean claim(NewExecution execution, NewExecution.StartKey key) {
    return jdbc.sql(
                "insert into start_key (project, task_id, key, fingerprint, execution_id)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing")
            .params(
                execution.project().name(),
                execution.task().value(),
                key.key(),
                key.fingerprint(),
                execution.id().value())
            .update()
        > 0;
  }

  /**
   * @param entered whether it has passed those of its limits that refuse
   */
  private Acceptance insert(NewExecution execution, boolean entered) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("id", execution.id().value());
    parameters.put("project", execution.project().name());
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
    parameters.put("within", execution.startWithin().toSeconds());
    parameters.put("awaited", execution.awaited());
    parameters.put("files", GivenFiles.json(execution.files()));
    parameters.put("cacheUse", execution.cacheUse().name());
    parameters.put("count", 1);
    parameters.put("facts", FACTS);
    parameters.putAll(Entrance.parameters(execution.limits(), entered));
    return jdbc.sql(INSERT).params(parameters).query((row, n) -> 1).list().isEmpty()
        ? new Acceptance.Refused(entrance.refusal(execution.project()))
        : new Acceptance.Accepted(execution.id());
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
