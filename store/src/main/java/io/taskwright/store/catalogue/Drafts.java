package io.taskwright.store.catalogue;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The drafts of tasks, at most one of each. */
@Repository
public class Drafts {
  private static final String SELECT =
      """
      select d.*, t.name from task_draft d join task t on t.id = d.task_id
      where t.project = ?
      """;

  private final JdbcClient jdbc;
  private final Catalogue catalogue;
  private final TransactionTemplate transaction;

  Drafts(JdbcClient jdbc, Catalogue catalogue, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.catalogue = catalogue;
    this.transaction = transaction;
  }

  /** What a save writes. */
  public record Saved(String definition, Source source, String by) {}

  /** What came of publishing a draft. */
  public sealed interface Publication {
    /** It is a version now. */
    record Published(TaskVersion version) implements Publication {}

    /** Somebody saved, published or removed it meanwhile; nothing has changed. */
    record Stale() implements Publication {}

    /** There is a newer version than the one it was begun from; nothing has changed. */
    record Outdated() implements Publication {}
  }

  /** The draft of a task, if it has one. */
  public Optional<Draft> find(Project project, TaskId task) {
    return jdbc.sql(SELECT + " and d.task_id = ?")
        .params(project.name(), task.value())
        .query(Drafts::row)
        .optional();
  }

  /** The drafts of the project by the names of their tasks, those after that name. */
  public List<Draft> page(Project project, String after, String text, int limit) {
    return jdbc.sql(
            SELECT + " and t.name > ? and strpos(t.name, ?) > 0 order by t.name limit " + limit)
        .params(project.name(), after, text)
        .query(Drafts::row)
        .list();
  }

  /**
   * Adds a task that has only a draft.
   *
   * @throws Catalogue.NameTaken if there is such a task
   */
  @Transactional
  public Draft create(Project project, String name, Saved saved) {
    TaskId task = catalogue.shell(project, name, saved.by());
    return begin(project, task, 0, saved).orElseThrow();
  }

  /** Begins a draft of a task; nothing if there is one. */
  @Transactional
  public Optional<Draft> begin(Project project, TaskId task, int basedOn, Saved saved) {
    int revision = next(task);
    int rows =
        jdbc.sql(
                """
                insert into task_draft (task_id, revision, based_on, definition, bytes, media_type,
                  file, created_at, created_by, updated_at, updated_by)
                values (?, ?, ?, ?, ?, ?, ?, now(), ?, now(), ?) on conflict do nothing
                """)
            .params(task.value(), revision, basedOn, saved.definition())
            .params(saved.source().bytes(), saved.source().mediaType(), saved.source().file())
            .params(saved.by(), saved.by())
            .update();
    return rows == 0 ? Optional.empty() : find(project, task);
  }

  /**
   * Saves a draft anew; nothing if {@code revision} is no longer its newest.
   *
   * @param basedOn on which version it is based from now on; as before if empty
   */
  @Transactional
  public Optional<Draft> save(
      Project project, TaskId task, int revision, OptionalInt basedOn, Saved saved) {
    int next = next(task);
    int rows =
        jdbc.sql(
                """
                update task_draft set revision = ?, definition = ?, bytes = ?, media_type = ?,
                  file = ?, updated_at = now(), updated_by = ?,
                  based_on = coalesce(cast(? as integer), based_on)
                where task_id = ? and revision = ?
                """)
            .params(next, saved.definition())
            .params(saved.source().bytes(), saved.source().mediaType(), saved.source().file())
            .param(saved.by())
            .param(basedOn.isPresent() ? basedOn.getAsInt() : null)
            .params(task.value(), revision)
            .update();
    return rows == 0 ? Optional.empty() : find(project, task);
  }

  private int next(TaskId task) {
    return jdbc.sql("update task set drafts = drafts + 1 where id = ? returning drafts")
        .param(task.value())
        .query(Integer.class)
        .single();
  }

  /**
   * Removes a draft, and the task with it if it never had a version.
   *
   * @return false if {@code revision} is no longer its newest
   */
  @Transactional
  public boolean remove(TaskId task, int revision) {
    lock(task);
    if (!delete(task, revision)) {
      return false;
    }
    jdbc.sql("delete from task where id = ? and latest = 0").param(task.value()).update();
    return true;
  }

  /** Saving takes the task's row before the draft's; whoever takes both keeps that order. */
  private void lock(TaskId task) {
    jdbc.sql("select 1 from task where id = ? for update")
        .param(task.value())
        .query(Integer.class)
        .optional();
  }

  private boolean delete(TaskId task, int revision) {
    return jdbc.sql("delete from task_draft where task_id = ? and revision = ?")
            .params(task.value(), revision)
            .update()
        > 0;
  }

  /** Makes the next version of a draft that was found right; the draft is no more then. */
  public Publication publish(Project project, Draft draft, String note, String by) {
    NewVersion next =
        new NewVersion(draft.definition(), draft.source(), VersionOrigin.DRAFT, note, by);
    return transaction.execute(status -> {
      lock(draft.task());
      if (!delete(draft.task(), draft.revision())) {
        return new Publication.Stale();
      }
      Optional<TaskVersion> made = catalogue.revise(project, draft.task(), draft.basedOn(), next);
      if (made.isEmpty()) {
        status.setRollbackOnly();
        return new Publication.Outdated();
      }
      return new Publication.Published(made.get());
    });
  }

  private static Draft row(ResultSet row, int number) throws SQLException {
    return new Draft(
        new TaskId(row.getObject("task_id", UUID.class)),
        row.getString("name"),
        row.getInt("revision"),
        row.getInt("based_on"),
        row.getString("definition"),
        new Source(row.getBytes("bytes"), row.getString("media_type"), row.getString("file")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getString("updated_by"));
  }
}
