package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.limit.Refusal;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes executions in. Once this returns, an execution is never lost. */
@Repository
public class Intake {
  private static final String CLAIM =
      "insert into start_key (project, task_id, key, fingerprint, execution_id)"
          + " values (?, ?, ?, ?, ?) on conflict do nothing";

  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations many;
  private final TransactionTemplate transaction;
  private final Entrance entrance;

  Intake(
      JdbcClient jdbc,
      NamedParameterJdbcOperations many,
      TransactionTemplate transaction,
      Entrance entrance) {
    this.jdbc = jdbc;
    this.many = many;
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
   *
   * @param key null for a start without one, which repeats nothing
   */
  public Optional<Acceptance.Earlier> earlier(
      Project project, TaskId task, NewExecution.@Nullable StartKey key) {
    if (key == null) {
      return Optional.empty();
    }
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
      return execution.refusable()
          ? transaction.execute(status -> enter(execution))
          : insert(execution, false);
    }
    return transaction.execute(status ->
        switch (enter(execution)) {
          case Acceptance.Accepted accepted -> {
            if (takes(execution, key)) {
              yield accepted;
            }
            status.setRollbackOnly();
            yield earlier(execution.project(), execution.task(), key).orElseThrow();
          }
          // It may have met the very start that it repeats.
          case Acceptance.Refused refused ->
              earlier(execution.project(), execution.task(), key)
                  .<Acceptance>map(earlier -> earlier)
                  .orElse(refused);
          case Acceptance.Earlier earlier -> earlier;
        });
  }

  private Acceptance enter(NewExecution execution) {
    if (!execution.refusable()) {
      return insert(execution, false);
    }
    return entrance
        .refusal(execution.limits())
        .<Acceptance>map(Acceptance.Refused::new)
        .orElseGet(() -> insert(execution, true));
  }

  /**
   * Stores them in one commit, or finds those that starts with their keys have made. Those that a
   * limit refuses do no harm to the others.
   *
   * @return what came of each, in their order
   */
  public List<Acceptance> acceptAll(List<NewExecution> executions) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          entrance.hold(executions);
          Set<ExecutionId> ours = claimAll(executions);
          Map<ExecutionId, Acceptance> came =
              insertAll(executions.stream().filter(one -> ours.contains(one.id())).toList());
          release(came);
          return executions.stream()
              .map(one -> {
                Acceptance acceptance = came.get(one.id());
                return acceptance == null ? justNow(one) : acceptance;
              })
              .toList();
        }));
  }

  /** Its key is another's; or was, and that other one was refused. */
  private Acceptance justNow(NewExecution execution) {
    NewExecution.StartKey key = Objects.requireNonNull(execution.key());
    return earlier(execution.project(), execution.task(), key)
        .<Acceptance>map(earlier -> earlier)
        .orElseGet(() -> accept(execution));
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

  private Map<ExecutionId, Acceptance> insertAll(List<NewExecution> executions) {
    Map<ExecutionId, Acceptance> came = new HashMap<>();
    Map<Boolean, List<NewExecution>> byWay =
        executions.stream().collect(Collectors.partitioningBy(NewExecution::refusable));
    insertAtOnce(Objects.requireNonNull(byWay.get(false)), came);
    for (NewExecution one : Objects.requireNonNull(byWay.get(true))) {
      came.put(one.id(), enter(one));
    }
    return came;
  }

  /** Those that only a limit of their project can refuse. */
  private void insertAtOnce(List<NewExecution> executions, Map<ExecutionId, Acceptance> came) {
    if (executions.isEmpty()) {
      return;
    }
    int[] written =
        many.batchUpdate(
            StartRow.INSERT,
            executions.stream()
                .map(one -> new MapSqlParameterSource(StartRow.parameters(one, false)))
                .toArray(MapSqlParameterSource[]::new));
    Map<Project, Acceptance> refusals = new HashMap<>();
    for (int i = 0; i < written.length; i++) {
      NewExecution one = executions.get(i);
      came.put(
          one.id(),
          written[i] > 0
              ? new Acceptance.Accepted(one.id())
              : refusals.computeIfAbsent(one.project(), this::refused));
    }
    jdbc.sql("select pg_notify('dispatch', '')").query((row, n) -> 1).list();
  }

  /** Gives back the keys of those that were refused: they may come again. */
  private void release(Map<ExecutionId, Acceptance> came) {
    UUID[] refused =
        came.entrySet().stream()
            .filter(one -> one.getValue() instanceof Acceptance.Refused)
            .map(one -> one.getKey().value())
            .toArray(UUID[]::new);
    if (refused.length > 0) {
      jdbc.sql("delete from start_key where execution_id = any(:ids)")
          .param("ids", refused)
          .update();
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

  /**
   * @param entered whether it has passed those of its limits that refuse
   */
  private Acceptance insert(NewExecution execution, boolean entered) {
    boolean written =
        !jdbc.sql(StartRow.INSERT + " returning pg_notify('dispatch', '')")
            .params(StartRow.parameters(execution, entered))
            .query((row, n) -> 1)
            .list()
            .isEmpty();
    return written ? new Acceptance.Accepted(execution.id()) : refused(execution.project());
  }

  private Acceptance refused(Project project) {
    return new Acceptance.Refused(entrance.refusal(project));
  }
}
