package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Conclusions.LastAttempt;
import io.taskwright.store.execution.Conclusions.Request;
import io.taskwright.store.execution.Ends.Locked;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What operators do to executions under way. Each is one commit, with what Temporal must be told of
 * it; an execution that has ended never changes.
 */
@Repository
public class Commands {
  /** No clock runs before the start time. */
  private static final String HELD_NOW =
      "greatest(interval '0', now() - greatest(cast(pause ->> 'at' as timestamptz), due_at))";

  /** What it was paused in waiting for. */
  private static final String WAITED =
      "coalesce((select 'check by ' || c.task_name from execution c where c.id ="
          + " execution.checking), 'its next attempt')";

  private final JdbcClient jdbc;
  private final Journal journal;
  private final Ends ends;
  private final Outbox outbox;

  Commands(JdbcClient jdbc, Journal journal, Ends ends, Outbox outbox) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.ends = ends;
    this.outbox = outbox;
  }

  /** What a command met. */
  public sealed interface Reply {
    /** It was done, or had been before; the execution is in that status now. */
    record Done(Status status) implements Reply {}

    /** The execution had ended so; nothing was changed. */
    record Ended(Status status) implements Reply {}

    /** Only a paused one can be resumed. */
    record NotPaused(Status status) implements Reply {}

    /** The project has no such execution. */
    record Absent() implements Reply {}
  }

  /** Who commands what to be done with which execution, and why. */
  public record Order(Project project, ExecutionId execution, Actor by, String reason) {
    private ObjectNode json() {
      return Request.json(by.toString(), reason);
    }
  }

  /**
   * Asks for the end; the work may clean up. Asking again before it came changes nothing. What was
   * not dispatched, or waits for its next attempt, ends at once: there is nothing to clean up.
   */
  @Transactional
  public Reply cancel(Order order) {
    return underWay(
        order,
        row -> {
          if (!row.dispatched() || row.waits()) {
            ends.end(order.execution(), cancelled(order), Optional.empty(), List.of());
            endWorkflow(order, row);
            return Status.CANCELLED;
          }
          if (row.cancel().isEmpty()) {
            ObjectNode json = order.json();
            journal.append(
                order.execution(),
                "cancel = cast(:cancel as json)",
                "true",
                Map.of("cancel", json.toString()),
                List.of(Fact.of("cancel", json)));
            outbox.add(Outbox.Kind.CANCEL, order.execution());
          }
          return row.status();
        });
  }

  /** Ends it CANCELLED at once; the work is killed. */
  @Transactional
  public Reply terminate(Order order) {
    return underWay(
        order,
        row -> {
          Optional<LastAttempt> last = ends.last(order.execution());
          ends.end(
              order.execution(),
              cancelled(order),
              last,
              List.of(Fact.of("terminate", order.json())));
          endWorkflow(order, row);
          return Status.CANCELLED;
        });
  }

  /**
   * Ends it COMPLETED at once with an output that somebody gives in place of the work, which is
   * killed. The output is not kept for others.
   *
   * @param output JSON that the task promises
   */
  @Transactional
  public Reply skip(Order order, String output) {
    return underWay(
        order,
        row -> {
          ends.last(order.execution())
              .filter(LastAttempt::open)
              .ifPresent(attempt -> ends.abandon(order.execution(), attempt));
          ObjectNode json = order.json();
          ends.end(
              order.execution(),
              Status.COMPLETED,
              "output = cast(:output as json), skip = cast(:skip as json), cache_key = null",
              Map.of("output", output, "skip", json.toString()),
              List.of(Fact.of("skip", json)));
          endWorkflow(order, row);
          return Status.COMPLETED;
        });
  }

  /**
   * Holds it: it is not dispatched, no attempt begins, and it does not end, until somebody resumes
   * it or asks for its end. An attempt that is under way goes on. The clocks of queue and total
   * stand still.
   */
  @Transactional
  public Reply pause(Order order) {
    return underWay(
        order,
        row -> {
          if (row.status() != Status.PAUSED) {
            ObjectNode json = order.json().put("from", row.status().name());
            journal.append(
                order.execution(),
                "status = 'PAUSED', pause = cast(cast(:pause as jsonb)"
                    + " || jsonb_build_object('at', now()) as json),"
                    + " waiting_for = :waiting, waiting_since = now()",
                "true",
                Map.of("pause", json.toString(), "waiting", "resume; paused by " + order.by()),
                List.of(Fact.of("pause", json), Fact.status(Status.PAUSED)));
          }
          return Status.PAUSED;
        });
  }

  /** Lets it go on from where it is held. */
  @Transactional
  public Reply resume(Order order) {
    Optional<Locked> locked = ends.lock(order.execution(), order.project());
    if (locked.isPresent()
        && !locked.get().status().ended()
        && locked.get().status() != Status.PAUSED) {
      return new Reply.NotPaused(locked.get().status());
    }
    return underWay(
        order,
        row -> {
          Status from = Objects.requireNonNull(row.heldFrom());
          journal.append(
              order.execution(),
              "status = :status, waiting_for = case :status when 'WAITING' then "
                  + WAITED
                  + " end, waiting_since = case :status when 'WAITING' then now() end, pause ="
                  + " null, held = held + "
                  + HELD_NOW
                  + ", start_by = start_by + "
                  + HELD_NOW,
              "true",
              Map.of("status", from.name()),
              List.of(Fact.of("resume", order.json()), Fact.status(from)));
          if (row.dispatched()) {
            outbox.add(Outbox.Kind.RESUME, order.execution());
          } else {
            jdbc.sql("select pg_notify('dispatch', '')").query((line, n) -> 1).list();
          }
          return from;
        });
  }

  /**
   * Changes its place among those that wait. On what was dispatched it is put on record only.
   *
   * @param priority 1 (first) to 5
   */
  @Transactional
  public Reply prioritize(Order order, int priority) {
    return underWay(
        order,
        row -> {
          journal.append(
              order.execution(),
              "priority = :priority",
              "true",
              Map.of("priority", priority),
              List.of(Fact.of("priority", order.json().put("priority", priority))));
          return row.status();
        });
  }

  private Reply underWay(Order order, Function<Locked, Status> command) {
    Optional<Locked> row = ends.lock(order.execution(), order.project());
    if (row.isEmpty()) {
      return new Reply.Absent();
    }
    Status status = row.get().status();
    return status.ended() ? new Reply.Ended(status) : new Reply.Done(command.apply(row.get()));
  }

  private void endWorkflow(Order order, Locked row) {
    if (row.dispatched()) {
      outbox.add(Outbox.Kind.TERMINATE, order.execution());
    }
  }

  private static Outcome cancelled(Order order) {
    return new Outcome.Cancelled(order.by(), order.reason());
  }
}
