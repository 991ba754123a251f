package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Ends.Locked;
import io.taskwright.store.execution.NewExecution.StartKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What executions are told. Each signal is one commit with its entry in the timeline; the last one
 * that an execution waits for makes it due in the same commit.
 */
@Repository
public class Signals {
  /** How many signals an execution keeps. */
  public static final int MOST = 100;

  /** How many bytes what came with them may have together. */
  public static final int MOST_BYTES = 2 << 20;

  private static final String KEPT =
      "select e.awaits, count(s.number), coalesce(sum(octet_length(cast(s.payload as text))), 0)"
          + " from execution e left join execution_signal s on s.execution_id = e.id"
          + " where e.id = ? group by e.id";

  private static final String LIST =
      "select number, name, payload, at, sent_by, status, fingerprint from execution_signal"
          + " where execution_id = ?";

  /** As code finds them: what came before the attempt began. Payloads stay as they were written. */
  private static final String BEFORE =
      """
      select coalesce(json_agg(json_build_object('seq', s.number, 'name', s.name,
          'payload', s.payload,
          'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'by', s.sent_by) order by s.number), '[]')::text
      from execution_signal s
      join attempt a on a.execution_id = s.execution_id and a.number = ? and s.at <= a.started_at
      where s.execution_id = ?
      """;

  private final JdbcClient jdbc;
  private final Journal journal;
  private final Ends ends;

  Signals(JdbcClient jdbc, Journal journal, Ends ends) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.ends = ends;
  }

  /**
   * A signal that came.
   *
   * @param number from 1, in the order in which they came
   * @param payload JSON
   * @param status of the execution when it came
   */
  public record Kept(
      int number, String name, String payload, Instant at, String by, Status status) {}

  /**
   * A signal to send.
   *
   * @param payload JSON
   * @param key under which sending it again changes nothing, or null
   * @param queue how long the execution may wait for its work to begin once nothing else holds it
   */
  public record Sending(
      Project project,
      ExecutionId execution,
      Actor by,
      String name,
      String payload,
      @Nullable StartKey key,
      Duration queue) {}

  /** What a signal met. */
  public sealed interface Reply {
    /** It is kept, now or since it was sent under the same key. */
    record Sent(Kept signal) implements Reply {}

    /** The execution had ended so; nothing was kept. */
    record Ended(Status status) implements Reply {}

    /** The execution keeps no more. */
    record Full(String why) implements Reply {}

    /** Its key was used before, with another signal. */
    record Conflict() implements Reply {}

    /** The project has no such execution. */
    record Absent() implements Reply {}
  }

  private record Box(Awaited awaited, int count, long bytes) {}

  /** Keeps the signal for the attempts that begin after it. */
  @Transactional
  public Reply send(Sending sending) {
    Optional<Locked> locked = ends.lock(sending.execution(), sending.project());
    if (locked.isEmpty()) {
      return new Reply.Absent();
    }
    Optional<Reply> earlier =
        Optional.ofNullable(sending.key()).flatMap(key -> earlier(sending.execution(), key));
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Status status = locked.get().status();
    if (status.ended()) {
      return new Reply.Ended(status);
    }
    Box box = jdbc.sql(KEPT).param(sending.execution().value()).query(Signals::box).single();
    if (box.count() >= MOST) {
      return new Reply.Full("it has been told " + MOST + " signals; it keeps no more");
    }
    if (box.bytes() + sending.payload().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      return new Reply.Full(
          "what came with its signals would have more than " + MOST_BYTES + " bytes together");
    }
    Kept kept = keep(sending, box.count() + 1, status);
    tell(sending, kept, box.awaited());
    return new Reply.Sent(kept);
  }

  private Optional<Reply> earlier(ExecutionId execution, StartKey key) {
    return jdbc.sql(LIST + " and key = ?")
        .params(execution.value(), key.key())
        .query((row, n) ->
            Arrays.equals(row.getBytes("fingerprint"), key.fingerprint())
                ? new Reply.Sent(kept(row))
                : (Reply) new Reply.Conflict())
        .optional();
  }

  private Kept keep(Sending sending, int number, Status status) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("id", sending.execution().value());
    parameters.put("number", number);
    parameters.put("name", sending.name());
    parameters.put("payload", sending.payload());
    parameters.put("by", sending.by().toString());
    parameters.put("status", status.name());
    parameters.put("key", sending.key() == null ? null : sending.key().key());
    parameters.put("fingerprint", sending.key() == null ? null : sending.key().fingerprint());
    return jdbc.sql(
            "insert into execution_signal (execution_id, number, name, payload, at, sent_by,"
                + " status, key, fingerprint) values (:id, :number, :name, cast(:payload as json),"
                + " clock_timestamp(), :by, :status, cast(:key as text),"
                + " cast(:fingerprint as bytea))"
                + " returning number, name, payload, at, sent_by, status")
        .params(parameters)
        .query((row, n) -> kept(row))
        .single();
  }

  private void tell(Sending sending, Kept kept, Awaited before) {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("number", kept.number())
            .put("name", kept.name())
            .put("by", kept.by());
    Fact fact = Fact.of("signal", data);
    Awaited after = before.without(sending.name());
    if (after.equals(before)) {
      journal.append(sending.execution(), "", "true", Map.of(), List.of(fact));
      return;
    }
    data.set("awaits", after.json());
    if (!after.none()) {
      journal.append(
          sending.execution(),
          "awaits = cast(:awaits as jsonb),"
              + " start_by = start_by + make_interval(secs => :later)",
          "true",
          Map.of(
              "awaits",
              after.json().toString(),
              "later",
              (double) after.first().minus(before.first()).toSeconds()),
          List.of(fact, after.waiting()));
      return;
    }
    // Its clocks begin to run now: nobody knew before when it could begin.
    journal.append(
        sending.execution(),
        "awaits = null, due = due_at <= now(), due_at = greatest(due_at, now()),"
            + " held = interval '0', turn = greatest(turn, now()),"
            + " start_by = greatest(due_at, now()) + make_interval(secs => :queue)",
        "true",
        Map.of("queue", (double) sending.queue().toSeconds()),
        List.of(fact));
    jdbc.sql("select pg_notify('dispatch', '')").query((row, n) -> 1).list();
  }

  /** What the execution was told, the first first, of numbers after that. */
  public List<Kept> list(ExecutionId execution, long after, int limit) {
    return jdbc.sql(LIST + " and number > ? order by number limit ?")
        .params(execution.value(), after, limit)
        .query((row, n) -> kept(row))
        .list();
  }

  /** What the execution was told before the attempt began, as a JSON array for its code. */
  public String before(ExecutionId execution, int attempt) {
    return jdbc.sql(BEFORE).params(attempt, execution.value()).query(String.class).single();
  }

  private static Box box(ResultSet row, int number) throws SQLException {
    return new Box(Awaited.of(row.getString(1)), row.getInt(2), row.getLong(3));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getInt("number"),
        row.getString("name"),
        row.getString("payload"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("sent_by"),
        Status.valueOf(row.getString("status")));
  }
}
