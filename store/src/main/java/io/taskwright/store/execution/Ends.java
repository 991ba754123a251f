package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Conclusions.LastAttempt;
import io.taskwright.store.execution.Conclusions.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Ends executions whose rows the caller has locked. */
@Component
class Ends {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Failure OVERTAKEN =
      Failure.of(FailureCode.WORKER_LOST, "the execution ended while this attempt was open");

  private final JdbcClient jdbc;
  private final Journal journal;
  private final Attempts attempts;

  Ends(JdbcClient jdbc, Journal journal, Attempts attempts) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.attempts = attempts;
  }

  /**
   * A locked row.
   *
   * @param heldFrom the status that it was paused in; null if it is not paused
   */
  record Locked(Status status, Optional<Request> cancel, @Nullable Status heldFrom) {
    /** Whether its workflow was started, or is just being. */
    boolean dispatched() {
      return (heldFrom == null ? status : heldFrom) != Status.RECEIVED;
    }

    /** Whether no attempt is under way, because the next one has its time. */
    boolean waits() {
      return (heldFrom == null ? status : heldFrom) == Status.WAITING;
    }
  }

  /**
   * Locks the row.
   *
   * @param project whose it must be; anybody's if null
   */
  Optional<Locked> lock(ExecutionId id, @Nullable Project project) {
    return jdbc.sql(
            "select status, cancel ->> 'by', cancel ->> 'reason', pause ->> 'from' from execution"
                + " where id = :id and project = coalesce(:project, project) for update")
        .param("id", id.value())
        .param("project", project == null ? null : project.name())
        .query((row, n) ->
            new Locked(
                Status.valueOf(row.getString(1)),
                row.getString(2) == null
                    ? Optional.empty()
                    : Optional.of(new Request(row.getString(2), row.getString(3))),
                row.getString(4) == null ? null : Status.valueOf(row.getString(4))))
        .optional();
  }

  /** Ends the execution so; an attempt that is still open ends with it. */
  void end(ExecutionId id, Outcome outcome, Optional<LastAttempt> last, List<Fact> before) {
    Map<String, Object> parameters = new HashMap<>();
    String result =
        switch (outcome) {
          case Outcome.Completed completed -> {
            parameters.put("attempt", last.map(LastAttempt::number).orElseThrow());
            yield "output = (select a.output from attempt a"
                + " where a.execution_id = execution.id and a.number = :attempt)";
          }
          case Outcome.Failed failed -> {
            ObjectNode json = Failures.json(failed.failure());
            last.ifPresent(attempt -> json.put("attempt", attempt.number()));
            parameters.put("failure", JSON.writeValueAsString(json));
            yield "failure = cast(:failure as json)";
          }
          case Outcome.Rejected rejected ->
              throw new IllegalArgumentException("rejecting is admission's: " + id);
          case Outcome.Cancelled cancelled -> {
            parameters.put(
                "cancel", Request.json(cancelled.by().toString(), cancelled.reason()).toString());
            yield "cancel = coalesce(cancel, cast(:cancel as json))";
          }
        };
    last.filter(LastAttempt::open)
        .ifPresent(attempt -> attempts.abandon(id, attempt.number(), failure(outcome)));
    end(id, outcome.status(), result, parameters, before);
  }

  /**
   * Ends the execution in that status.
   *
   * @param result SQL, what else becomes of the row
   */
  void end(
      ExecutionId id,
      Status status,
      String result,
      Map<String, Object> parameters,
      List<Fact> before) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("status", status.name());
    List<Fact> facts = new ArrayList<>(before);
    facts.add(Fact.end(status));
    journal.append(
        id,
        "status = :status, ended_at = now(), claimed_until = null, waiting_for = null,"
            + " waiting_since = null, pause = null, "
            + result,
        "true",
        all,
        facts);
  }

  /** Ends an attempt whose execution ends without it. */
  void abandon(ExecutionId id, LastAttempt open) {
    attempts.abandon(id, open.number(), OVERTAKEN);
  }

  private static Failure failure(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? failed.failure() : OVERTAKEN;
  }

  /** The newest attempt. */
  Optional<LastAttempt> last(ExecutionId id) {
    return jdbc.sql(
            "select number, ended_at is null, output is not null, failure from attempt"
                + " where execution_id = ? order by number desc limit 1")
        .param(id.value())
        .query((row, n) ->
            new LastAttempt(
                row.getInt(1), row.getBoolean(2), row.getBoolean(3), failure(row.getString(4))))
        .optional();
  }

  private static @Nullable Failure failure(@Nullable String json) {
    if (json == null) {
      return null;
    }
    JsonNode node = JSON.readTree(json);
    return new Failure(
        FailureCode.valueOf(node.get("code").stringValue()),
        node.get("message").stringValue(),
        node.get("details"));
  }
}
