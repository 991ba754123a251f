package io.taskwright.store.catalogue;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.catalogue.VersionName.Standing;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which versions of tasks check versions of others. That is fixed when a version is published, in
 * its commit: so what checks it never changes, and never is checked by a task itself.
 */
@Repository
public class CheckPins {
  private final JdbcClient jdbc;

  CheckPins(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The task that a check names.
   *
   * @param version null for the newest
   */
  public record Named(String task, @Nullable Integer version) {}

  private record Found(UUID task, int version, String definition) {}

  /** The tasks that the checks of a definition name, by the positions of the checks. */
  public static SortedMap<Integer, Named> wanted(String definition) {
    SortedMap<Integer, Named> wanted = new TreeMap<>();
    JsonNode checks = JsonMapper.shared().readTree(definition).path("checks");
    for (int i = 0; i < checks.size(); i++) {
      JsonNode task = checks.path(i).path("task");
      JsonNode version = task.path("version");
      if (task.isObject()) {
        wanted.put(
            i,
            new Named(task.path("name").asString(""), version.isInt() ? version.intValue() : null));
      }
    }
    return wanted;
  }

  /**
   * Pins the tasks that a new version is checked by.
   *
   * @throws IllegalStateException if one is not there, or is checked by a task itself: whoever adds
   *     a version has looked before, so somebody was faster
   */
  void pin(Project project, TaskId task, int number, String definition) {
    wanted(definition)
        .forEach((position, named) -> {
          Found found =
              find(project, named)
                  .filter(one -> wanted(one.definition()).isEmpty())
                  .orElseThrow(() ->
                      new IllegalStateException(
                          "the task '"
                              + named.task()
                              + "' was changed meanwhile and cannot check others now"));
          jdbc.sql(
                  "insert into check_pin (task_id, number, position, check_task, check_version)"
                      + " values (?, ?, ?, ?, ?)")
              .params(task.value(), number, position, found.task(), found.version())
              .update();
        });
  }

  private Optional<Found> find(Project project, Named named) {
    return jdbc.sql(
            "select t.id, v.number, v.definition from task t join task_version v"
                + " on v.task_id = t.id and v.number = coalesce(cast(? as integer), t.latest)"
                + " where t.project = ? and t.name_key = ?")
        .param(named.version())
        .params(project.name(), Catalogue.nameKey(named.task()))
        .query((row, n) -> new Found(row.getObject(1, UUID.class), row.getInt(2), row.getString(3)))
        .optional();
  }

  /**
   * The versions that check a version, by the positions of the checks. That one of them is archived
   * changes nothing for those that it checks already.
   */
  public SortedMap<Integer, VersionName> of(TaskId task, int number) {
    SortedMap<Integer, VersionName> pins = new TreeMap<>();
    jdbc.sql(
            "select p.position, p.check_task, t.name, p.check_version from check_pin p"
                + " join task t on t.id = p.check_task where p.task_id = ? and p.number = ?")
        .params(task.value(), number)
        .query(row -> {
          pins.put(
              row.getInt(1),
              new VersionName(
                  new TaskId(row.getObject(2, UUID.class)),
                  row.getString(3),
                  row.getInt(4),
                  Standing.IN_USE));
        });
    return pins;
  }
}
