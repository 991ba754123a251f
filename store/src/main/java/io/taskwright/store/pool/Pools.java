package io.taskwright.store.pool;

import io.taskwright.model.Project;
import io.taskwright.model.execution.Routing;
import io.taskwright.store.pool.PoolView.WorkerView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The pools of executors: those that somebody serves, and those that somebody waits for. */
@Repository
public class Pools {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String WORKERS =
      "select *, "
          + ExecutorWorkers.LIVE
          + " as live from executor_worker where project in ('default', :project) order by host,"
          + " id";

  /** Whose executions are counted: those of the project, for the installation's own all. */
  private static final String QUEUES =
      """
      select pool, count(*) filter (where status <> 'RECEIVED') as running,
        count(*) filter (where status = 'RECEIVED' and due) as waiting,
        min(greatest(accepted_at, due_at)) filter (where status = 'RECEIVED' and due) as oldest
      from execution
      where status in ('RECEIVED', 'PREPARING', 'RUNNING')
        and pool not in (:ours) and (:project = 'default' or project = :project)
      group by pool
      """;

  private final JdbcClient jdbc;

  Pools(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Queue(String pool, long running, long waiting, @Nullable Instant oldest) {}

  /** All pools by name, as the project sees them. */
  public List<PoolView> all(Project project) {
    Map<String, List<WorkerView>> workers =
        jdbc.sql(WORKERS).param("project", project.name()).query(Pools::worker).list().stream()
            .collect(Collectors.groupingBy(WorkerView::pool, TreeMap::new, Collectors.toList()));
    Map<String, Queue> queues =
        jdbc
            .sql(QUEUES)
            .param("project", project.name())
            .param("ours", List.of(Routing.IN_PROCESS_POOL, Routing.FUNCTIONS_POOL))
            .query(Pools::queue)
            .list()
            .stream()
            .collect(Collectors.toMap(Queue::pool, Function.identity()));
    queues.keySet().forEach(pool -> workers.putIfAbsent(pool, List.of()));
    return workers.entrySet().stream()
        .map(entry -> {
          Queue queue = queues.getOrDefault(entry.getKey(), new Queue(entry.getKey(), 0, 0, null));
          return new PoolView(
              queue.pool(), entry.getValue(), queue.running(), queue.waiting(), queue.oldest());
        })
        .toList();
  }

  /** One pool, if somebody serves it or waits for it. */
  public Optional<PoolView> find(Project project, String name) {
    return all(project).stream().filter(pool -> pool.name().equals(name)).findFirst();
  }

  private static WorkerView worker(ResultSet row, int number) throws SQLException {
    return new WorkerView(
        row.getString("id"),
        row.getString("pool"),
        row.getString("host"),
        row.getString("version"),
        row.getInt("slots"),
        row.getInt("used"),
        row.getBoolean("draining"),
        row.getBoolean("live"),
        List.of(JSON.readValue(row.getString("runtimes"), String[].class)),
        row.getString("back_ends"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("seen_at", OffsetDateTime.class).toInstant());
  }

  private static Queue queue(ResultSet row, int number) throws SQLException {
    OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
    return new Queue(
        row.getString("pool"),
        row.getLong("running"),
        row.getLong("waiting"),
        oldest == null ? null : oldest.toInstant());
  }
}
