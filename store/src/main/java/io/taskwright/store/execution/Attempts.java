package io.taskwright.store.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tries at executions' work. At most one attempt of an execution is open; opening the next one
 * fences the one before off, so that of two workers only one counts.
 */
@Repository
public class Attempts {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** For less, giving a slot back and taking it again is not worth two commits. */
  private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final Journal journal;
  private final UsualWay usual;
  private final TransactionTemplate transaction;

  Attempts(JdbcClient jdbc, Journal journal, UsualWay usual, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.usual = usual;
    this.transaction = transaction;
  }

  /** An open attempt, as its token names it. */
  public record Open(
      ExecutionId execution, int number, Project project, TaskId task, int taskVersion) {}

  /**
   * How an attempt ended.
   *
   * @param output JSON, or null if it failed or was stopped
   * @param failure or null if it succeeded or was stopped
   * @param usage JSON: {@code wallMillis}, {@code cpuMillis}, {@code peakMemory}
   * @param environment the name of where it ran
   */
  public record End(
      @Nullable String output,
      @Nullable Failure failure,
      @Nullable JsonNode usage,
      @Nullable String environment) {}

  /**
   * @param resource what it had too little of, if it failed for that
   */
  private record Last(
      int number,
      boolean ended,
      boolean done,
      @Nullable FailureCode code,
      @Nullable String resource,
      @Nullable ByteSize memory) {
    /** What it had; attempts of earlier versions had what the definition says. */
    ByteSize memoryHad(ResourceRequirements resources) {
      return memory == null ? resources.memory() : memory;
    }

    /** What the one after it gets: more, if that is what this one died of. */
    ByteSize memoryNext(ResourceRequirements resources) {
      ByteSize had = memoryHad(resources);
      return code == FailureCode.RESOURCE_EXHAUSTED && "memory".equals(resource)
          ? resources.moreMemoryThan(had)
          : had;
    }
  }

  private record Row(Status status, boolean cancelled) {}

  /**
   * Opens the next attempt. One before it that never reported its end is WORKER_LOST. Asking again
   * with the same token gives the same attempt.
   *
   * <p>How much memory the attempt gets is decided and stored here, in the commit that opens it: so
   * whatever dies afterwards, the next one knows what was tried.
   *
   * @param token what the attempt's reports will show
   * @param resources of the definition
   */
  public Opening open(
      ExecutionToken token, RetryPolicy policy, ResourceRequirements resources, String worker) {
    ByteSize memory = resources.memory();
    List<Fact> facts =
        List.of(Fact.status(Status.RUNNING), Fact.of("attempt", started(1, worker, memory)));
    return usual.opens(token, worker, memory, facts)
        ? new Opening.Opened(1, memory)
        : transaction.execute(status -> openNext(token, policy, resources, worker));
  }

  private Opening openNext(
      ExecutionToken token, RetryPolicy policy, ResourceRequirements resources, String worker) {
    ExecutionId id = token.execution();
    Optional<Row> row = lock(id);
    if (row.isEmpty() || row.get().status().ended() || row.get().cancelled()) {
      return new Opening.Over();
    }
    if (row.get().status() == Status.PAUSED && find(token).isEmpty()) {
      return new Opening.Held();
    }
    Optional<Last> before = last(id);
    if (find(token).isPresent()) { // only the last one can still be open
      Last same = before.orElseThrow();
      return new Opening.Opened(same.number(), same.memoryHad(resources));
    }
    List<Fact> facts = new ArrayList<>();
    int number = 1;
    ByteSize memory = resources.memory();
    if (before.isPresent()) {
      Last last = before.get();
      if (last.done()) {
        return new Opening.Done();
      }
      if (!last.ended()) {
        facts.add(lose(id, last.number()));
      }
      FailureCode code = last.code() == null ? FailureCode.WORKER_LOST : last.code();
      if (!policy.allowsAnother(last.number(), code)) {
        journal.append(id, "", "true", Map.of(), facts);
        return new Opening.Exhausted(code);
      }
      number = last.number() + 1;
      memory = last.memoryNext(resources);
      if (memory.compareTo(last.memoryHad(resources)) > 0) {
        facts.add(moreMemory(number, memory, last.memoryHad(resources)));
      }
    }
    insert(token, number, worker, memory);
    if (row.get().status() != Status.RUNNING) {
      facts.add(Fact.status(Status.RUNNING));
    }
    facts.add(Fact.of("attempt", started(number, worker, memory)));
    journal.append(
        id,
        "status = 'RUNNING', started_at = coalesce(started_at, now()),"
            + " waiting_for = null, waiting_since = null",
        "true",
        Map.of(),
        facts);
    return new Opening.Opened(number, memory);
  }

  /** The attempt that the token opened, if it is still open. */
  public Optional<Open> find(ExecutionToken token) {
    return jdbc.sql(
            "select a.execution_id, a.number, e.project, e.task_id, e.task_version"
                + " from attempt a join execution e on e.id = a.execution_id"
                + " where a.execution_id = ? and a.token_hash = ? and a.ended_at is null")
        .params(token.execution().value(), token.hash())
        .query((r, n) ->
            new Open(
                new ExecutionId(r.getObject(1, UUID.class)),
                r.getInt(2),
                new Project(r.getString(3)),
                new TaskId(r.getObject(4, UUID.class)),
                r.getInt(5)))
        .optional();
  }

  /**
   * Why the attempt that the token opened failed, if it has ended; the inner is empty if it did
   * not.
   */
  public Optional<Optional<FailureCode>> ended(ExecutionToken token) {
    return jdbc.sql(
            "select failure ->> 'code' from attempt"
                + " where execution_id = ? and token_hash = ? and ended_at is not null")
        .params(token.execution().value(), token.hash())
        .query((row, n) -> Optional.ofNullable(row.getString(1)).map(FailureCode::valueOf))
        .optional();
  }

  /**
   * Adds what the program said. A report with a number that was taken before changes nothing.
   *
   * @return whether the attempt is still open
   */
  @Transactional
  public boolean report(Open attempt, long number, List<Fact> facts) {
    lock(attempt.execution());
    Optional<Long> reported =
        jdbc.sql(
                "select reported from attempt"
                    + " where execution_id = ? and number = ? and ended_at is null")
            .params(attempt.execution().value(), attempt.number())
            .query(Long.class)
            .optional();
    if (reported.isPresent() && reported.get() < number) {
      jdbc.sql("update attempt set reported = ? where execution_id = ? and number = ?")
          .params(number, attempt.execution().value(), attempt.number())
          .update();
      append(attempt.execution(), facts);
    }
    return reported.isPresent();
  }

  /**
   * Ends the attempt, with what the program still said. Of two ends the first one counts.
   *
   * @return whether this was the first
   */
  public boolean end(Open attempt, long number, List<Fact> lastWords, End end) {
    List<Fact> facts = new ArrayList<>(lastWords);
    facts.add(Fact.of("attempt", ended(attempt.number(), end.failure())));
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("output", end.output());
    columns.put("failure", json(end.failure()));
    columns.put("usage", end.usage() == null ? null : end.usage().toString());
    columns.put("environment", end.environment());
    return usual.ends(attempt, number, columns, progress(facts), facts)
        || transaction.execute(status -> endWithoutWords(attempt, columns, facts.getLast()));
  }

  /**
   * Gives the slot of an execution back while it waits for its next attempt, if it waits long. The
   * attempt that ended must have failed so.
   */
  public void waitForNext(Open attempt, FailureCode code, RetryPolicy policy) {
    Duration wait = policy.waitAfter(attempt.number());
    if (!policy.allowsAnother(attempt.number(), code) || wait.compareTo(SHORT_WAIT) < 0) {
      return;
    }
    String reason = "attempt " + (attempt.number() + 1) + ", " + wait + " after the one before";
    journal.append(
        attempt.execution(),
        "status = 'WAITING', waiting_for = :reason, waiting_since = now()",
        "status = 'RUNNING' and cancel is null and not exists"
            + " (select from attempt where execution_id = :id and ended_at is null)",
        Map.of("reason", reason),
        List.of(Fact.status(Status.WAITING), Fact.waiting(reason)));
  }

  /** Its last words came with a report before, or somebody ended it. */
  private boolean endWithoutWords(Open attempt, Map<String, @Nullable Object> columns, Fact ended) {
    lock(attempt.execution());
    boolean first =
        jdbc.sql(
                    """
                    update attempt set ended_at = now(), output = cast(:output as json),
                      failure = cast(:failure as json), usage = cast(:usage as json),
                      environment = :environment
                    where execution_id = :execution and number = :number and ended_at is null
                    """)
                .params(columns)
                .param("execution", attempt.execution().value())
                .param("number", attempt.number())
                .update()
            > 0;
    if (first) {
      append(attempt.execution(), List.of(ended));
    }
    return first;
  }

  private void append(ExecutionId id, List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    String progress = progress(facts);
    journal.append(
        id,
        progress == null ? "" : "progress = cast(:progress as json)",
        "true",
        progress == null ? Map.of() : Map.of("progress", progress),
        facts);
  }

  private static @Nullable String progress(List<Fact> facts) {
    return facts.stream()
        .filter(fact -> fact.type().equals("progress"))
        .reduce((a, b) -> b)
        .map(Fact::latestProgress)
        .orElse(null);
  }

  private Optional<Row> lock(ExecutionId id) {
    return jdbc.sql("select status, cancel is not null from execution where id = ? for update")
        .param(id.value())
        .query((r, n) -> new Row(Status.valueOf(r.getString(1)), r.getBoolean(2)))
        .optional();
  }

  private Optional<Last> last(ExecutionId id) {
    return jdbc.sql(
            "select number, ended_at is not null, ended_at is not null and output is not null,"
                + " failure ->> 'code', failure #>> '{details,resource}', memory from attempt"
                + " where execution_id = ? order by number desc limit 1")
        .param(id.value())
        .query((r, n) -> {
          String code = r.getString(4);
          return new Last(
              r.getInt(1),
              r.getBoolean(2),
              r.getBoolean(3),
              code == null ? null : FailureCode.valueOf(code),
              r.getString(5),
              r.getObject(6) == null ? null : new ByteSize(r.getLong(6)));
        })
        .optional();
  }

  /** Ends an attempt that will never report its end. */
  void abandon(ExecutionId id, int number, Failure failure) {
    append(id, List.of(close(id, number, failure)));
  }

  private Fact lose(ExecutionId id, int number) {
    return close(
        id,
        number,
        Failure.of(
            FailureCode.WORKER_LOST,
            "the worker of attempt " + number + " went silent; what it did is unknown"));
  }

  private Fact close(ExecutionId id, int number, Failure failure) {
    jdbc.sql(
            "update attempt set ended_at = now(), failure = cast(? as json)"
                + " where execution_id = ? and number = ?")
        .params(text(failure), id.value(), number)
        .update();
    return Fact.of("attempt", ended(number, failure));
  }

  private static Fact moreMemory(int number, ByteSize memory, ByteSize before) {
    String message =
        "attempt %d gets %s of memory: %s were too little".formatted(number, memory, before);
    return Fact.log(null, "INFO", "system", message);
  }

  private void insert(ExecutionToken token, int number, String worker, ByteSize memory) {
    jdbc.sql(
            "insert into attempt (execution_id, number, worker, token_hash, memory, started_at)"
                + " values (?, ?, ?, ?, ?, now())")
        .params(token.execution().value(), number, worker, token.hash(), memory.bytes())
        .update();
  }

  private static ObjectNode started(int number, String worker, ByteSize memory) {
    return JSON.createObjectNode()
        .put("number", number)
        .put("state", "started")
        .put("worker", worker)
        .put("memory", memory.toString());
  }

  private static ObjectNode ended(int number, @Nullable Failure failure) {
    ObjectNode ended = JSON.createObjectNode().put("number", number).put("state", "ended");
    if (failure != null) {
      ended.set("failure", Failures.json(failure));
    }
    return ended;
  }

  private static @Nullable String json(@Nullable Failure failure) {
    return failure == null ? null : text(failure);
  }

  private static String text(Failure failure) {
    return Failures.json(failure).toString();
  }
}
