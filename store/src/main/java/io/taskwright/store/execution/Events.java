package io.taskwright.store.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What happened to executions: the live stream of one, the log of all. */
@Repository
public class Events {
  private final JdbcClient jdbc;
  private final Journal journal;

  Events(JdbcClient jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  /**
   * One event of an execution. Log lines have level, source and message; the others data, as JSON.
   *
   * @param seq its number, from 1 without a gap
   */
  public record Event(
      long seq,
      Instant at,
      String type,
      @Nullable String level,
      @Nullable String source,
      @Nullable String message,
      @Nullable String data) {}

  /** A line of log with the execution and task that it belongs to. */
  public record LogLine(ExecutionId execution, TaskId task, Event event) {}

  /**
   * Which lines of log to list, the newest first. Everything null or empty leaves its side open.
   *
   * @param levels one of these
   * @param text what the message contains, as it is written
   * @param before where the page of newer lines ended
   */
  public record LogFilter(
      @Nullable ExecutionId execution,
      @Nullable TaskId task,
      List<String> levels,
      @Nullable Instant since,
      @Nullable Instant until,
      String text,
      @Nullable Place before) {
    public LogFilter {
      levels = List.copyOf(levels);
    }
  }

  /** Where a line stands in the order of all lines. */
  public record Place(Instant at, ExecutionId execution, long seq) {}

  /** The events after the number, in order. */
  public List<Event> after(ExecutionId id, long seq, int limit) {
    return jdbc.sql(
            "select seq, at, type, level, source, message, data from event"
                + " where execution_id = ? and seq > ? order by seq limit ?")
        .params(id.value(), seq, limit)
        .query(Events::event)
        .list();
  }

  /** What happened to the execution, in order: all but what its program said. */
  public List<Event> timeline(ExecutionId id, long after, int limit) {
    return jdbc.sql(
            "select seq, at, type, level, source, message, data from event"
                + " where execution_id = ? and seq > ? and type not in ('log', 'progress')"
                + " order by seq limit ?")
        .params(id.value(), after, limit)
        .query(Events::event)
        .list();
  }

  /** A page of lines of log. */
  public List<LogLine> log(Project project, LogFilter filter, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql =
        new StringBuilder("select * from event where type = 'log' and project = :project");
    parameters.put("project", project.name());
    if (filter.execution() == null) {
      // One look at the row for each line that fits: what dry runs said is in no list.
      sql.append(" and (select e.dry is null from execution e where e.id = event.execution_id)");
    } else {
      sql.append(" and execution_id = :execution");
      parameters.put("execution", filter.execution().value());
    }
    if (filter.task() != null) {
      sql.append(" and task_id = :task");
      parameters.put("task", filter.task().value());
    }
    if (!filter.levels().isEmpty()) {
      sql.append(" and level in (:levels)");
      parameters.put("levels", filter.levels());
    }
    if (filter.since() != null) {
      sql.append(" and at >= :since");
      parameters.put("since", time(filter.since()));
    }
    if (filter.until() != null) {
      sql.append(" and at < :until");
      parameters.put("until", time(filter.until()));
    }
    if (!filter.text().isEmpty()) {
      sql.append(" and position(:text in message) > 0");
      parameters.put("text", filter.text());
    }
    if (filter.before() != null) {
      sql.append(" and (at, execution_id, seq) < (:at, :at_execution, :at_seq)");
      parameters.put("at", time(filter.before().at()));
      parameters.put("at_execution", filter.before().execution().value());
      parameters.put("at_seq", filter.before().seq());
    }
    sql.append(" order by at desc, execution_id desc, seq desc limit :limit");
    parameters.put("limit", limit);
    return jdbc.sql(sql.toString())
        .params(parameters)
        .query((row, n) ->
            new LogLine(
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                new TaskId(row.getObject("task_id", UUID.class)),
                event(row, n)))
        .list();
  }

  /**
   * Adds a line of log to an execution of the project, ended or not.
   *
   * @return its number, or empty if there is no such execution, or its log was removed
   */
  @Transactional
  public OptionalLong add(Project project, ExecutionId id, Fact line) {
    return journal.append(
        id,
        "",
        "project = :project and logs_removed_at is null",
        Map.of("project", project.name()),
        List.of(line));
  }

  /** When the log of the execution was removed because its time was over; empty if it was not. */
  public Optional<Instant> logRemovedAt(Project project, ExecutionId id) {
    return jdbc.sql(
            "select logs_removed_at from execution"
                + " where project = ? and id = ? and logs_removed_at is not null")
        .params(project.name(), id.value())
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  /** Makes sure that each of the days has a partition of its own. */
  public void prepare(LocalDate first, int days) {
    for (int i = 0; i < days; i++) {
      jdbc.sql("select ensure_event_partition(?)")
          .param(first.plusDays(i))
          .query((r, n) -> 1)
          .list();
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Event event(ResultSet row, int number) throws SQLException {
    return new Event(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("type"),
        row.getString("level"),
        row.getString("source"),
        row.getString("message"),
        row.getString("data"));
  }
}
