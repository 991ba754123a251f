package io.taskwright.store.catalogue;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.Ids;
import java.text.Normalizer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tasks of all projects in their versions. Every question names its project. */
@Repository
public class Catalogue {
  private final TaskRows tasks;
  private final TaskVersionRows versions;
  private final JdbcClient jdbc;
  private final InstantSource clock;

  Catalogue(TaskRows tasks, TaskVersionRows versions, JdbcClient jdbc, InstantSource clock) {
    this.tasks = tasks;
    this.versions = versions;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Thrown when the name, after NFC and ignoring case, is another task's already. */
  public static final class NameTaken extends RuntimeException {
    NameTaken(String name) {
      super("the name '" + name + "' is taken");
    }
  }

  /**
   * Adds a task with its first version.
   *
   * @throws NameTaken if there is such a task
   */
  @Transactional
  public TaskVersion create(Project project, String name, String definition, String by) {
    if (tasks.findByProjectAndNameKey(project.name(), key(name)).isPresent()) {
      throw new NameTaken(name);
    }
    TaskEntity task = new TaskEntity();
    task.id = Ids.next();
    task.project = project.name();
    task.name = name;
    task.nameKey = key(name);
    task.latest = 1;
    task.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    task.createdBy = by;
    try {
      tasks.saveAndFlush(task);
    } catch (DataIntegrityViolationException e) { // somebody took it between the look and the row
      throw new NameTaken(name);
    }
    return add(task, 1, definition, by);
  }

  /** Adds the next version, or nothing if {@code expected} is no longer the latest. */
  @Transactional
  public Optional<TaskVersion> revise(
      Project project, TaskId id, int expected, String definition, String by) {
    Optional<TaskEntity> task = tasks.findByProjectAndId(project.name(), id.value());
    if (task.isEmpty() || tasks.advance(id.value(), expected) == 0) {
      return Optional.empty();
    }
    return Optional.of(add(task.get(), expected + 1, definition, by));
  }

  private TaskVersion add(TaskEntity task, int number, String definition, String by) {
    TaskVersionEntity version = new TaskVersionEntity();
    version.key = new TaskVersionEntity.Key(task.id, number);
    version.definition = definition;
    version.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    version.createdBy = by;
    versions.save(version);
    return view(task, version);
  }

  /** A version of the task with that id or name; the latest if none is named. */
  @Transactional(readOnly = true)
  public Optional<TaskVersion> find(Project project, String idOrName, OptionalInt number) {
    return TaskId.parse(idOrName)
        .flatMap(id -> tasks.findByProjectAndId(project.name(), id.value()))
        .or(() -> tasks.findByProjectAndNameKey(project.name(), key(idOrName)))
        .flatMap(task ->
            versions.find(task.id, number.orElse(task.latest)).map(version -> view(task, version)));
  }

  /**
   * What {@link #find} finds, without its definition. Every start asks for it, so it is one
   * question in plain SQL.
   */
  public Optional<VersionName> name(Project project, String idOrName, OptionalInt number) {
    return TaskId.parse(idOrName)
        .flatMap(id -> name("t.id", id.value(), project, number))
        .or(() -> name("t.name_key", key(idOrName), project, number));
  }

  private Optional<VersionName> name(
      String column, Object value, Project project, OptionalInt number) {
    return jdbc.sql(
            "select t.id, t.name, v.number from task t join task_version v"
                + " on v.task_id = t.id and v.number = coalesce(:number, t.latest)"
                + " where t.project = :project and "
                + column
                + " = :value")
        .param("number", number.isPresent() ? number.getAsInt() : null)
        .param("project", project.name())
        .param("value", value)
        .query((row, n) ->
            new VersionName(
                new TaskId(row.getObject(1, UUID.class)), row.getString(2), row.getInt(3)))
        .optional();
  }

  /**
   * The definition of a version, of whatever project: for those who know its id from an execution.
   */
  @Transactional(readOnly = true)
  public Optional<String> definition(TaskId id, int number) {
    return versions.find(id.value(), number).map(version -> version.definition);
  }

  /** All versions of the task, the newest first; empty if there is no such task. */
  @Transactional(readOnly = true)
  public List<TaskVersion> versions(Project project, TaskId id) {
    return tasks
        .findByProjectAndId(project.name(), id.value())
        .map(task -> versions.all(task.id).stream().map(version -> view(task, version)).toList())
        .orElse(List.of());
  }

  /**
   * The latest versions in the order of their names.
   *
   * @param after the name that the page begins after; empty for the first page
   * @param text what the name must contain; empty for all
   */
  @Transactional(readOnly = true)
  public List<TaskVersion> page(Project project, String after, String text, int limit) {
    return tasks.page(project.name(), after, text, Limit.of(limit)).stream()
        .map(latest -> view(latest.task(), latest.version()))
        .toList();
  }

  private static TaskVersion view(TaskEntity task, TaskVersionEntity version) {
    return new TaskVersion(
        new TaskId(task.id),
        task.name,
        version.key.number(),
        version.definition,
        version.createdAt,
        version.createdBy);
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
