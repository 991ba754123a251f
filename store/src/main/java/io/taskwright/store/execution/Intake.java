package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes executions in. Once this returns, an execution is never lost. */
@Repository
public class Intake {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String INSERT =
      """
      with x as (
        insert into execution (id, project, task_id, task_name, task_version, status, seq, priority,
          pool, input, labels, origin, accepted_at, due_at, due, start_by, awaited_until, files,
          cache_use)
        values (:id, :project, :task, :name, :version, 'RECEIVED', :count, :priority, :pool,
          cast(:input as json), cast(:labels as jsonb), cast(:origin as json), now(),
          coalesce(cast(:dueAt as timestamptz), now()),
          coalesce(cast(:dueAt as timestamptz) <= now(), true),
          coalesce(cast(:dueAt as timestamptz), now()) + make_interval(secs => :within),
          case when :awaited then now() + interval '70 seconds' end, cast(:files as jsonb),
          :cacheUse)
        returning id, seq, project, task_id
      )
      """
          + Journal.ADD_FACTS;

  private static final String FACTS = Journal.json(List.of(Fact.status(Status.RECEIVED)));

  private static final String CLAIM =
      "insert into start_key (project, task_id, key, fingerprint, execution_id)"
          + " values (?, ?, ?, ?, ?) on conflict do nothing";

  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations many;
  private final TransactionTemplate transaction;

  Intake(JdbcClient jdbc, NamedParameterJdbcOperations many, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.many = many;
    this.transaction = transaction;
  }

  /** What came of a start. */
  public sealed interface Acceptance {
    /** It is stored and will be run. */
    record Accepted(ExecutionId id) implements Acceptance {}

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
    NewExecution.StartKey key = execution.key();
    if (key == null) {
      insert(execution);
      return new Acceptance.Accepted(execution.id());
    }
    return transaction.execute(status -> {
      insert(execution);
      if (takes(execution, key)) {
        return new Acceptance.Accepted(execution.id());
      }
      status.setRollbackOnly();
      return earlier(execution.project(), execution.task(), key).orElseThrow();
    });
  }

  /**
   * Stores them all in one commit, or finds those that starts with their keys have made.
   *
   * @return what came of each, in their order
   */
  public List<Acceptance> acceptAll(List<NewExecution> executions) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          Set<ExecutionId> ours = claimAll(executions);
          insertAll(executions.stream().filter(one -> ours.contains(one.id())).toList());
          return executions.stream()
              .map(one -> ours.contains(one.id()) ? accepted(one) : justNow(one))
              .toList();
        }));
  }

  private static Acceptance accepted(NewExecution execution) {
    return new Acceptance.Accepted(execution.id());
  }

  private Acceptance justNow(NewExecution execution) {
    NewExecution.StartKey key = Objects.requireNonNull(execution.key());
    return earlier(execution.project(), execution.task(), key).orElseThrow();
  }

  /** Takes all keys in one order, so that no two wait for each other; tells whose start is ours. */
  private Set<ExecutionId> claimAll(List<NewExecution> executions) {
    List<NewExecution> keyed =
        executions.stream()
            .filter(one -> one.key() != null)
            .sorted(
                Comparator.comparing((NewExecution one) -> one.task().value())
                    .thenComparing(one -> Objects.requireNonNull(one.key()).key()))
            .toList();
    Set<ExecutionId> ours =
        executions.stream().map(NewExecution::id).collect(Collectors.toCollection(HashSet::new));
    if (keyed.isEmpty()) {
      return ours;
    }
    jdbc.sql("set constraints start_key_execution_id_fkey deferred").update();
    int[] taken =
        many.getJdbcOperations()
            .batchUpdate(
                CLAIM,
                keyed.stream().map(one -> claim(one, Objects.requireNonNull(one.key()))).toList());
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == 0) {
        ours.remove(keyed.get(i).id());
      }
    }
    return ours;
  }

  private void insertAll(List<NewExecution> executions) {
    if (!executions.isEmpty()) {
      many.batchUpdate(
          INSERT,
          executions.stream()
              .map(one -> new MapSqlParameterSource(parameters(one)))
              .toArray(MapSqlParameterSource[]::new));
      jdbc.sql("select pg_notify('dispatch', '')").query((row, n) -> 1).list();
    }
  }

  private static Object[] claim(NewExecution execution, NewExecution.StartKey key) {
    return new Object[] {
      execution.project().name(),
      execution.task().value(),
      key.key(),
      key.fingerprint(),
      execution.id().value()
    };
  }

  /** Takes the key; waits for whoever is just taking it. Tells whether it is ours. */
  private boolean takes(NewExecution execution, NewExecution.StartKey key) {
    return jdbc.sql(CLAIM).params(claim(execution, key)).update() > 0;
  }

  private void insert(NewExecution execution) {
    jdbc.sql(INSERT + " returning pg_notify('dispatch', '')")
        .params(parameters(execution))
        .query((row, n) -> 1)
        .list();
  }

  private static Map<String, Object> parameters(NewExecution execution) {
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
    return parameters;
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
