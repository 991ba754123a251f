package io.taskwright.store.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.ExecutionView.AttemptView;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.ExecutionView.Would;
import io.taskwright.store.pool.ExecutorWorkers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The executions of all projects, to look at. Every question names its project. */
@Repository
public class Executions {
  /** With a word on its pool, if it waits for executors and there are none. */
  private static final String SELECT =
      """
      select e.*, case when (status = 'RECEIVED' and due or status = 'PREPARING' and route is not null)
          and pool not in ('%s', '%s')
          and not exists (select from executor_worker w
                          where w.pool = e.pool and not w.draining and w.%s)
        then 'no live executor in pool ''' || pool || '''' end as unserved
      from execution e
      """
          .formatted(Routing.IN_PROCESS_POOL, Routing.FUNCTIONS_POOL, ExecutorWorkers.LIVE);

  /** The same with what checks it: {@code [{pointer, task, execution, status, passed, found}]}. */
  private static final String WITH_CHECKS =
      SELECT.replace(
          "select e.*,",
          """
          select e.*, (select json_agg(json_build_object('pointer', '/checks/' || k.position,
              'task', json_build_object('id', c.task_id, 'name', c.task_name, 'version', c.task_version),
              'execution', c.id, 'status', c.status, 'passed', k.passed, 'found', k.found)
              order by k.position)
            from execution_check k join execution c on c.id = k.child where k.parent = e.id) as checks,
          """);

  private final JdbcClient jdbc;

  Executions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which executions to list, the newest first. Everything null or empty leaves its side open.
   *
   * @param before the id that the page ends before: where the page of newer ones ended
   * @param text what the id or the task's name begins with
   * @param dryRuns only those, which are in no other list
   */
  public record Filter(
      @Nullable TaskId task,
      @Nullable Status status,
      Map<String, String> labels,
      @Nullable Instant since,
      @Nullable Instant until,
      String text,
      @Nullable ExecutionId before,
      boolean dryRuns) {
    public Filter {
      labels = Map.copyOf(labels);
    }

    /** Which of the real ones. */
    public Filter(
        @Nullable TaskId task,
        @Nullable Status status,
        Map<String, String> labels,
        @Nullable Instant since,
        @Nullable Instant until,
        String text,
        @Nullable ExecutionId before) {
      this(task, status, labels, since, until, text, before, false);
    }

    /**
     * What holds for them, as SQL to follow {@code where project = :project}; its parameters are
     * added. Where a page begins is not in it.
     */
    public String condition(Map<String, Object> parameters) {
      StringBuilder sql = new StringBuilder(dryRuns ? " and dry is not null" : " and dry is null");
      if (task != null) {
        sql.append(" and task_id = :task");
        parameters.put("task", task.value());
      }
      if (status != null) {
        sql.append(" and status = :status");
        parameters.put("status", status.name());
      }
      if (!labels.isEmpty()) {
        sql.append(" and labels <> '{}' and labels @> cast(:labels as jsonb)");
        parameters.put("labels", Json.text(labels));
      }
      if (since != null) {
        sql.append(" and accepted_at >= :since");
        parameters.put("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
      }
      if (until != null) {
        sql.append(" and accepted_at < :until");
        parameters.put("until", OffsetDateTime.ofInstant(until, ZoneOffset.UTC));
      }
      if (!text.isEmpty()) {
        sql.append(" and (starts_with(task_name, :text) or starts_with(id::text, :text))");
        parameters.put("text", text);
      }
      return sql.toString();
    }
  }

  /** The execution with its attempts. */
  public Optional<Detailed> find(Project project, ExecutionId id) {
    return jdbc.sql(WITH_CHECKS + "where project = ? and id = ?")
        .params(project.name(), id.value())
        .query((row, n) -> new Detailed(view(row, n), List.of(), row.getString("checks")))
        .optional()
        .map(it -> new Detailed(it.execution(), attempts(id), it.checks()));
  }

  private List<AttemptView> attempts(ExecutionId id) {
    return jdbc.sql("select * from attempt where execution_id = ? order by number")
        .param(id.value())
        .query((row, n) ->
            new AttemptView(
                row.getInt("number"),
                row.getString("worker"),
                row.getString("environment"),
                required(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("failure"),
                row.getString("usage"),
                row.getObject("memory") == null ? null : new ByteSize(row.getLong("memory"))))
        .list();
  }

  /** A page of executions. */
  public List<ExecutionView> page(Project project, Filter filter, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql = new StringBuilder(SELECT).append("where project = :project");
    parameters.put("project", project.name());
    sql.append(filter.condition(parameters));
    if (filter.before() != null) {
      sql.append(" and id < :before");
      parameters.put("before", filter.before().value());
    }
    sql.append(" order by id desc limit :limit");
    parameters.put("limit", limit);
    return jdbc.sql(sql.toString()).params(parameters).query(Executions::view).list();
  }

  /** The execution's status and the number of its newest event. */
  public record Position(Status status, long seq) {}

  /** Where the execution stands; and its commits will wake watchers for so long from now on. */
  public Optional<Position> watch(Project project, ExecutionId id, Duration time) {
    return jdbc.sql(
            "update execution set watched_until ="
                + " greatest(watched_until, now() + make_interval(secs => ?))"
                + " where project = ? and id = ? returning status, seq")
        .params(time.toSeconds(), project.name(), id.value())
        .query((row, n) -> new Position(Status.valueOf(row.getString(1)), row.getLong(2)))
        .optional();
  }

  /** The execution's end will wake watchers for so long from now on. */
  public void awaitEnd(Project project, ExecutionId id, Duration time) {
    jdbc.sql(
            "update execution set awaited_until ="
                + " greatest(awaited_until, now() + make_interval(secs => ?))"
                + " where project = ? and id = ?")
        .params(time.toSeconds(), project.name(), id.value())
        .update();
  }

  private static ExecutionView view(ResultSet row, int number) throws SQLException {
    String waitingFor = row.getString("waiting_for");
    String unserved = row.getString("unserved");
    return new ExecutionView(
        new ExecutionId(row.getObject("id", UUID.class)),
        new Project(row.getString("project")),
        new TaskId(row.getObject("task_id", UUID.class)),
        row.getString("task_name"),
        row.getInt("task_version"),
        Status.valueOf(row.getString("status")),
        row.getLong("seq"),
        row.getInt("priority"),
        row.getString("pool"),
        row.getString("input"),
        row.getString("output"),
        row.getString("failure"),
        row.getString("labels"),
        row.getString("origin"),
        required(row, "accepted_at"),
        required(row, "due_at"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getString("progress"),
        row.getString("route"),
        row.getString("cancel"),
        waitingFor == null ? unserved : waitingFor,
        waitingFor == null && unserved != null
            ? required(row, "accepted_at")
            : instant(row, "waiting_since"),
        GivenFiles.of(row.getString("files")),
        row.getString("cached"),
        row.getString("pause"),
        row.getString("skip"),
        row.getString("warnings"),
        List.copyOf(Awaited.of(row.getString("awaits")).times().keySet()),
        instant(row, "logs_removed_at"),
        dryRun(row),
        parent(row.getObject("parent", UUID.class)));
  }

  private static @Nullable ExecutionId parent(@Nullable UUID id) {
    return id == null ? null : new ExecutionId(id);
  }

  private static @Nullable Would dryRun(ResultSet row) throws SQLException {
    String dry = row.getString("dry");
    return dry == null ? null : new Would(DryRunJson.of(dry), row.getString("would"));
  }

  private static Instant required(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
