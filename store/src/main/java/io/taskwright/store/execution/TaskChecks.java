package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Intake.Acceptance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The executions that check others. Of each check there is at most one, and what was decided of it
 * stays; the one that is checked waits for it without holding a slot.
 */
@Repository
public class TaskChecks {
  /** Its end was not asked for, and nobody holds it. */
  private static final String GOES_ON =
      Admissions.LIVE + " and status <> 'PAUSED' and cancel is null";

  private static final String LAST =
      """
      select c.position, c.child, e.task_name, e.task_version, e.status, e.failure, e.output,
        coalesce(e.ended_at, clock_timestamp()) > c.until as late, c.passed, c.found,
        extract(epoch from clock_timestamp() - c.began_at) as gone,
        extract(epoch from c.until - clock_timestamp()) as left_over
      from execution_check c join execution e on e.id = c.child
      where c.parent = ? order by c.position desc limit 1
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Journal journal;
  private final Intake intake;

  TaskChecks(JdbcClient jdbc, Journal journal, Intake intake) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.intake = intake;
  }

  /**
   * A check that was begun.
   *
   * @param position in the definition, from 0
   * @param child the execution that checks
   * @param failure JSON, why it failed
   * @param output JSON, what it gave
   * @param late whether its time was over before it ended, or is over now
   * @param gone since it was begun
   * @param left until its time is over
   */
  public record Begun(
      int position,
      ExecutionId child,
      String task,
      int version,
      Status status,
      @Nullable String failure,
      @Nullable String output,
      boolean late,
      Optional<Decision> decision,
      Duration gone,
      Duration left) {}

  /** What was decided of a check, and what was found. */
  public record Decision(boolean passed, String found) {}

  /** What a check is begun for: on whose behalf, and how urgent. */
  public record Parent(Origin origin, int priority) {}

  /** The newest check of the execution that was begun; all before it have passed. */
  public Optional<Begun> last(ExecutionId parent) {
    return jdbc.sql(LAST).param(parent.value()).query(TaskChecks::begun).optional();
  }

  private static Begun begun(ResultSet row, int number) throws SQLException {
    boolean passed = row.getBoolean("passed");
    boolean decided = !row.wasNull();
    String found = row.getString("found");
    return new Begun(
        row.getInt("position"),
        new ExecutionId(row.getObject("child", UUID.class)),
        row.getString("task_name"),
        row.getInt("task_version"),
        Status.valueOf(row.getString("status")),
        row.getString("failure"),
        row.getString("output"),
        row.getBoolean("late"),
        decided ? Optional.of(new Decision(passed, found == null ? "" : found)) : Optional.empty(),
        seconds(row, "gone"),
        seconds(row, "left_over"));
  }

  private static Duration seconds(ResultSet row, String column) throws SQLException {
    return Duration.ofMillis((long) (row.getDouble(column) * 1000));
  }

  /** What an execution that checks this one takes over from it. */
  public Parent parent(ExecutionId id) {
    return jdbc.sql("select origin, priority from execution where id = ?")
        .param(id.value())
        .query((row, n) -> {
          String by = JSON.readTree(row.getString(1)).path("by").asString("");
          return new Parent(
              new Origin(Origin.Kind.CHECK, new Actor(Actor.Kind.KEY, by), id), row.getInt(2));
        })
        .single();
  }

  /**
   * Takes the check in, and has the execution wait for it, in one commit.
   *
   * @return false if nothing was done: it was begun before, or the execution has ended, is held, or
   *     was asked to end
   */
  @Transactional
  public boolean begin(ExecutionId parent, int position, NewExecution child, Duration within) {
    if (!locked(parent, GOES_ON) || exists(parent, position)) {
      return false;
    }
    if (!(intake.accept(child) instanceof Acceptance.Accepted)) {
      throw new IllegalStateException("no limit refuses a check: " + parent);
    }
    jdbc.sql(
            "insert into execution_check (parent, position, child, began_at, until) values (?, ?,"
                + " ?, clock_timestamp(), clock_timestamp() + make_interval(secs => ?))")
        .params(parent.value(), position, child.id().value(), within.toMillis() / 1000.0)
        .update();
    String reason = "check by " + child.taskName();
    ObjectNode waiting =
        JsonNodeFactory.instance
            .objectNode()
            .put("for", reason)
            .put("pointer", "/checks/" + position)
            .put("execution", child.id().toString());
    journal.append(
        parent,
        "status = 'WAITING', waiting_for = :reason, waiting_since = now(), checking = :child",
        "true",
        Map.of("reason", reason, "child", child.id().value()),
        List.of(Fact.status(Status.WAITING), Fact.of("waiting", waiting)));
    return true;
  }

  private boolean exists(ExecutionId parent, int position) {
    return jdbc.sql("select 1 from execution_check where parent = ? and position = ?")
        .params(parent.value(), position)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private boolean locked(ExecutionId id, String condition) {
    return jdbc.sql("select 1 from execution where id = ? and " + condition + " for update")
        .param(id.value())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Decides about a check, once, and notes it in the timeline. The execution goes on if it has
   * passed. A child that has not ended stays the one that checks it, and so ends with it.
   *
   * @return false if nothing was done: the execution has ended or is held
   */
  @Transactional
  public boolean decide(ExecutionId parent, Begun begun, Decision decision) {
    if (!locked(parent, Admissions.LIVE + " and status <> 'PAUSED'")) {
      return false;
    }
    int first =
        jdbc.sql(
                "update execution_check set passed = ?, found = ?"
                    + " where parent = ? and position = ? and passed is null")
            .params(decision.passed(), Fact.storable(decision.found()))
            .params(parent.value(), begun.position())
            .update();
    if (first == 0) {
      return true;
    }
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("pointer", "/checks/" + begun.position())
            .put("passed", decision.passed())
            .put("found", Fact.storable(decision.found()))
            .put("execution", begun.child().toString());
    Fact check = Fact.of("check", data);
    if (decision.passed()) {
      journal.append(
          parent,
          "status = 'RUNNING', waiting_for = null, waiting_since = null, checking = null",
          "true",
          Map.of(),
          List.of(check, Fact.status(Status.RUNNING)));
    } else {
      String over = begun.status().ended() ? "checking = null" : "";
      journal.append(parent, over, "true", Map.of(), List.of(check));
    }
    return true;
  }
}
