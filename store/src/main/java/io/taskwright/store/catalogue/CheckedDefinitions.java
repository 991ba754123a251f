package io.taskwright.store.catalogue;

import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.store.Ids;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Definitions that are checked and not saved. Each is there for its dry runs alone: it has no name
 * that could be taken, is in no list, and can be started by nobody.
 */
@Repository
public class CheckedDefinitions {
  /** The version that such a definition has for its executions. Versions of tasks begin with 1. */
  public static final int VERSION = 0;

  private final JdbcClient jdbc;

  CheckedDefinitions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps a definition as long as dry runs of it are kept.
   *
   * @param definition JSON
   * @return what stands for its task
   */
  public TaskId keep(Project project, String definition, String by) {
    TaskId id = new TaskId(Ids.next());
    jdbc.sql(
            "insert into checked_definition (task_id, project, definition, created_by)"
                + " values (?, ?, ?, ?)")
        .params(id.value(), project.name(), definition, by)
        .update();
    return id;
  }

  /** The definition that was kept under the id. */
  public Optional<String> definition(TaskId id) {
    return jdbc.sql("select definition from checked_definition where task_id = ?")
        .param(id.value())
        .query(String.class)
        .optional();
  }
}
