package io.taskwright.store.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The way that nearly every execution goes: one attempt, which ends once and gives the output. Each
 * step is one statement, and so one round trip and one commit, where looking first and then
 * deciding takes half a dozen. A step that does not apply changes nothing and says so.
 */
@Component
class UsualWay {
  private static final String OPEN =
      """
      with x as (
        update execution
        set status = 'RUNNING', seq = seq + :count, started_at = now(),
            waiting_for = null, waiting_since = null
        where id = :id and status = 'PREPARING' and cancel is null
          and not exists (select from attempt where execution_id = :id)
        returning id, seq, project, task_id
      ), opened as (
        insert into attempt (execution_id, number, worker, token_hash, memory, started_at)
        select id, 1, :worker, :token, :memory, now() from x
      ), facts as (
      """
          + Journal.ADD_FACTS
          + ") select seq from x";

  /** Rows are locked in the same order as everywhere: the execution's, then the attempt's. */
  private static final String END =
      """
      with locked as materialized (
        select id from execution where id = :id for update
      ), a as (
        update attempt
        set ended_at = now(), output = cast(:output as json), failure = cast(:failure as json),
            usage = cast(:usage as json), environment = :environment
        from locked
        where execution_id = locked.id and number = :number and ended_at is null
          and reported < :report
        returning execution_id
      ), x as (
        update execution e
        set seq = seq + :count, progress = coalesce(cast(:progress as json), progress)
        from a
        where e.id = a.execution_id
        returning e.id, e.seq, e.project, e.task_id
      ), facts as (
      """
          + Journal.ADD_FACTS
          + ") select seq from x";

  private static final String COMPLETE =
      """
      with x as (
        update execution e
        set status = 'COMPLETED', seq = seq + :count, ended_at = now(), output = a.output,
            claimed_until = null, waiting_for = null, waiting_since = null
        from attempt a
        where e.id = :id and e.ended_at is null and e.status <> 'PAUSED'
          and a.execution_id = e.id and a.ended_at is not null and a.output is not null
        returning e.id, e.seq, e.project, e.task_id, e.dry is not null as dry
      ), facts as (
      """
          + Journal.ADD_FACTS
          + ") select dry from x";

  private static final List<Fact> COMPLETED = List.of(Fact.end(Status.COMPLETED));

  private final JdbcClient jdbc;
  private final Journal journal;

  UsualWay(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /** Opens the first attempt, if there was none and nobody asked for the end. */
  boolean opens(ExecutionToken token, String worker, ByteSize memory, List<Fact> facts) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("worker", worker);
    parameters.put("token", token.hash());
    parameters.put("memory", memory.bytes());
    try {
      return applies(OPEN, token.execution(), parameters, facts);
    } catch (DuplicateKeyException e) {
      return false; // somebody else opened it at the same time
    }
  }

  /** Ends the attempt, if it is open and took no report with this number yet. */
  boolean ends(
      Attempts.Open attempt,
      long report,
      Map<String, @Nullable Object> end,
      @Nullable String progress,
      List<Fact> facts) {
    Map<String, @Nullable Object> parameters = new HashMap<>(end);
    parameters.put("number", attempt.number());
    parameters.put("report", report);
    parameters.put("progress", progress);
    return applies(END, attempt.execution(), parameters, facts);
  }

  /** Completes the execution, if it has not ended and an attempt of it gave an output. */
  boolean completes(ExecutionId id) {
    Optional<Boolean> dry =
        answer(COMPLETE, id, new HashMap<>(), COMPLETED).query(Boolean.class).optional();
    journal.ended(Status.COMPLETED, dry.stream().toList());
    return dry.isPresent();
  }

  private boolean applies(
      String sql, ExecutionId id, Map<String, @Nullable Object> parameters, List<Fact> facts) {
    return answer(sql, id, parameters, facts).query(Long.class).optional().isPresent();
  }

  private JdbcClient.StatementSpec answer(
      String sql, ExecutionId id, Map<String, @Nullable Object> parameters, List<Fact> facts) {
    parameters.put("id", id.value());
    parameters.put("count", facts.size());
    parameters.put("facts", Journal.json(facts));
    return jdbc.sql(sql).params(parameters);
  }
}
