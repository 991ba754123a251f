package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one end of each execution, and the asking for it. */
@Repository
public class Conclusions {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Journal journal;
  private final Attempts attempts;
  private final Outbox outbox;
  private final UsualWay usual;

  Conclusions(JdbcClient jdbc, Journal journal, Attempts attempts, Outbox outbox, UsualWay usual) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.attempts = attempts;
    this.outbox = outbox;
    this.usual = usual;
  }

  /** What asking for an execution's end met. */
  public enum CancelResult {
    /** It had not been dispatched, and ended at once. */
    CANCELLED,
    /** Its workflow will be told. */
    ASKED,
    ENDED_BEFORE,
    ABSENT
  }

  /** Who asked for an execution's end. */
  public record Request(String by, String reason) {}

  /**
   * What is known of an execution when its workflow is through.
   *
   * @param last the newest attempt, if there was one
   */
  public record Closing(Optional<Request> cancel, Optional<LastAttempt> last) {}

  /**
   * The newest attempt.
   *
   * @param open whether it never reported its end
   * @param done whether it gave an output
   */
  public record LastAttempt(int number, boolean open, boolean done, @Nullable Failure failure) {}

  /**
   * Completes the execution if an attempt of it gave an output, whatever else happened to it.
   *
   * @return false if none did, or if it had ended
   */
  public boolean complete(ExecutionId id) {
    return usual.completes(id);
  }

  /**
   * Ends the execution as the function decides on what its row and attempts say; once ended it
   * stays so. Completing takes the output of the newest attempt.
   *
   * @return the status it has ended in
   */
  @Transactional
  public Optional<Status> conclude(ExecutionId id, Function<Closing, Outcome> decision) {
    Optional<Locked> locked = lock(id, null);
    if (locked.isEmpty() || locked.get().status().ended()) {
      return locked.map(Locked::status);
    }
    Optional<LastAttempt> last = last(id);
    Outcome outcome = decision.apply(new Closing(locked.get().cancel(), last));
    if (last.isPresent() && last.get().open()) {
      attempts.abandon(id, last.get().number(), failure(outcome));
    }
    end(id, outcome, last);
    return Optional.of(outcome.status());
  }

  private void end(ExecutionId id, Outcome outcome, Optional<LastAttempt> last) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("status", outcome.status().name());
    String result =
        switch (outcome) {
          case Outcome.Completed completed -> {
            parameters.put("attempt", last.map(LastAttempt::number).orElseThrow());
            yield ", output = (select a.output from attempt a"
                + " where a.execution_id = execution.id and a.number = :attempt)";
          }
          case Outcome.Failed failed -> {
            ObjectNode json = Failures.json(failed.failure());
            last.ifPresent(attempt -> json.put("attempt", attempt.number()));
            parameters.put("failure", JSON.writeValueAsString(json));
            yield ", failure = cast(:failure as json)";
          }
          case Outcome.Rejected rejected ->
              throw new IllegalArgumentException("rejecting is admission's: " + id);
          case Outcome.Cancelled cancelled -> {
            parameters.put("cancel", cancel(cancelled.by().toString(), cancelled.reason()));
            yield ", cancel = coalesce(cancel, cast(:cancel as json))";
          }
        };
    journal.append(
        id,
        "status = :status, ended_at = now(), claimed_until = null, waiting_for = null,"
            + " waiting_since = null"
            + result,
        "true",
        parameters,
        List.of(Fact.end(outcome.status())));
  }

  private static Failure failure(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? failed.failure()
        : Failure.of(FailureCode.WORKER_LOST, "the execution ended while this attempt was open");
  }

  /** Asks for the execution's end. Asking again before it came changes nothing. */
  @Transactional
  public CancelResult cancel(Project project, ExecutionId id, Actor by, String reason) {
    Optional<Locked> locked = lock(id, project);
    if (locked.isEmpty()) {
      return CancelResult.ABSENT;
    }
    Status status = locked.get().status();
    if (status.ended()) {
      return CancelResult.ENDED_BEFORE;
    }
    if (status == Status.RECEIVED) {
      end(id, new Outcome.Cancelled(by, reason), Optional.empty());
      return CancelResult.CANCELLED;
    }
    if (locked.get().cancel().isEmpty()) {
      String json = cancel(by.toString(), reason);
      journal.append(
          id,
          "cancel = cast(:cancel as json)",
          "true",
          Map.of("cancel", json),
          List.of(Fact.of("cancel", JSON.readTree(json))));
      outbox.add(Outbox.Kind.CANCEL, id);
    }
    return CancelResult.ASKED;
  }

  private static String cancel(String by, String reason) {
    return JSON.createObjectNode().put("by", by).put("reason", reason).toString();
  }

  private record Locked(Status status, Optional<Request> cancel) {}

  private Optional<Locked> lock(ExecutionId id, @Nullable Project project) {
    return jdbc.sql(
            "select status, cancel ->> 'by', cancel ->> 'reason' from execution"
                + " where id = :id and project = coalesce(:project, project) for update")
        .param("id", id.value())
        .param("project", project == null ? null : project.name())
        .query((row, n) ->
            new Locked(
                Status.valueOf(row.getString(1)),
                row.getString(2) == null
                    ? Optional.empty()
                    : Optional.of(new Request(row.getString(2), row.getString(3)))))
        .optional();
  }

  private Optional<LastAttempt> last(ExecutionId id) {
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
