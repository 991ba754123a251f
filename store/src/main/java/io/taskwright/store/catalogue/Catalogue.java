package io.taskwright.store.catalogue;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.Ids;
import io.taskwright.store.Sha256;
import io.taskwright.store.catalogue.VersionName.Standing;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private final CheckPins pins;
  private final InstantSource clock;

  Catalogue(
      TaskRows tasks,
      TaskVersionRows versions,
      JdbcClient jdbc,
      CheckPins pins,
      InstantSource clock) {
    this.tasks = tasks;
    this.versions = versions;
    this.jdbc = jdbc;
    this.pins = pins;
    this.clock = clock;
  }

  /** Thrown when the name, after NFC and ignoring case, is another task's already. */
  public static final class NameTaken extends RuntimeException {
    NameTaken(String name) {
      super("the name '" + name + "' is taken");
    }
  }

  /**
   * Adds a task with its first version, whose author wrote nothing but JSON.
   *
   * @throws NameTaken if there is such a task
   */
  @Transactional
  public TaskVersion create(Project project, String name, String definition, String by) {
    return create(project, name, NewVersion.of(definition, by));
  }

  /**
   * Adds a task with its first version.
   *
   * @throws NameTaken if there is such a task
   */
  @Transactional
  public TaskVersion create(Project project, String name, NewVersion first) {
    return add(task(project, name, 1, first.by()), 1, first);
  }

  /** Adds a task without any version yet. */
  TaskId shell(Project project, String name, String by) {
    return new TaskId(task(project, name, 0, by).id);
  }

  private TaskEntity task(Project project, String name, int latest, String by) {
    if (tasks.findByProjectAndNameKey(project.name(), nameKey(name)).isPresent()) {
      throw new NameTaken(name);
    }
    TaskEntity task = new TaskEntity();
    task.id = Ids.next();
    task.project = project.name();
    task.name = name;
    task.nameKey = nameKey(name);
    task.latest = latest;
    task.createdAt = now();
    task.createdBy = by;
    try {
      tasks.saveAndFlush(task);
    } catch (DataIntegrityViolationException e) { // somebody took it between the look and the row
      throw new NameTaken(name);
    }
    return task;
  }

  /** Adds the next version, whose author wrote nothing but JSON. */
  @Transactional
  public Optional<TaskVersion> revise(
      Project project, TaskId id, int expected, String definition, String by) {
    return revise(project, id, expected, NewVersion.of(definition, by));
  }

  /**
   * Adds the next version, or nothing if {@code expected} is no longer the latest, or the task was
   * put away.
   */
  @Transactional
  public Optional<TaskVersion> revise(Project project, TaskId id, int expected, NewVersion next) {
    Optional<TaskEntity> task = tasks.findByProjectAndId(project.name(), id.value());
    if (task.isEmpty() || tasks.advance(id.value(), expected) == 0) {
      return Optional.empty();
    }
    return Optional.of(add(task.get(), expected + 1, next));
  }

  private TaskVersion add(TaskEntity task, int number, NewVersion made) {
    TaskVersionEntity version = new TaskVersionEntity();
    version.key = new TaskVersionEntity.Key(task.id, number);
    version.definition = made.definition();
    version.createdAt = now();
    version.createdBy = made.by();
    version.note = made.note();
    version.origin = made.origin().kind();
    version.originVersion = made.origin().version();
    version.mediaType = made.source().mediaType();
    version.file = made.source().file();
    version.sourceSha256 = Sha256.hex(made.source().bytes());
    versions.saveAndFlush(version);
    jdbc.sql("insert into task_source (task_id, number, bytes) values (?, ?, ?)")
        .params(task.id, number, made.source().bytes())
        .update();
    pins.pin(new Project(task.project), new TaskId(task.id), number, made.definition());
    return view(task, version);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The task with that id or name, whatever its versions hold. */
  @Transactional(readOnly = true)
  public Optional<TaskHead> head(Project project, String idOrName) {
    return entity(project, idOrName)
        .map(task ->
            new TaskHead(
                new TaskId(task.id),
                task.name,
                task.latest,
                Archived.of(task.archivedAt, task.archivedBy)));
  }

  private Optional<TaskEntity> entity(Project project, String idOrName) {
    return TaskId.parse(idOrName)
        .flatMap(id -> tasks.findByProjectAndId(project.name(), id.value()))
        .or(() -> tasks.findByProjectAndNameKey(project.name(), nameKey(idOrName)));
  }

  /** What the author of a version wrote; nothing if it was not kept. */
  @Transactional(readOnly = true)
  public Optional<Source> source(TaskVersion version) {
    TaskVersion.SourceName named = version.source();
    if (named == null) {
      return Optional.empty();
    }
    return jdbc.sql("select bytes from task_source where task_id = ? and number = ?")
        .params(version.task().value(), version.number())
        .query((row, n) -> new Source(row.getBytes(1), named.mediaType(), named.file()))
        .optional();
  }

  /** A version of the task with that id or name; the latest if none is named. */
  @Transactional(readOnly = true)
  public Optional<TaskVersion> find(Project project, String idOrName, OptionalInt number) {
    return entity(project, idOrName)
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
        .or(() -> name("t.name_key", nameKey(idOrName), project, number));
  }

  private Optional<VersionName> name(
      String column, Object value, Project project, OptionalInt number) {
    return jdbc.sql(
            "select t.id, t.name, v.number, t.archived_at is not null, v.archived_at is not null"
                + " from task t join task_version v"
                + " on v.task_id = t.id and v.number = coalesce(:number, t.latest)"
                + " where t.project = :project and "
                + column
                + " = :value")
        .param("number", number.isPresent() ? number.getAsInt() : null)
        .param("project", project.name())
        .param("value", value)
        .query((row, n) ->
            new VersionName(
                new TaskId(row.getObject(1, UUID.class)),
                row.getString(2),
                row.getInt(3),
                standing(row.getBoolean(4), row.getBoolean(5))))
        .optional();
  }

  private static Standing standing(boolean taskArchived, boolean versionArchived) {
    if (taskArchived) {
      return Standing.TASK_ARCHIVED;
    }
    return versionArchived ? Standing.VERSION_ARCHIVED : Standing.IN_USE;
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
   * @param archived whether those that are put away are wanted, or those in use
   * @param after the name that the page begins after; empty for the first page
   * @param text what the name must contain; empty for all
   */
  @Transactional(readOnly = true)
  public List<TaskVersion> page(
      Project project, boolean archived, String after, String text, int limit) {
    return tasks.page(project.name(), archived, after, text, Limit.of(limit)).stream()
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
        version.createdBy,
        version.note,
        new VersionOrigin(version.origin, version.originVersion),
        source(version),
        Archived.of(version.archivedAt, version.archivedBy),
        Archived.of(task.archivedAt, task.archivedBy));
  }

  private static TaskVersion.@Nullable SourceName source(TaskVersionEntity version) {
    return version.mediaType == null || version.sourceSha256 == null
        ? null
        : new TaskVersion.SourceName(
            version.mediaType, version.file == null ? "" : version.file, version.sourceSha256);
  }

  /** By what names of tasks are told apart: NFC, ignoring case. */
  public static String nameKey(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
