package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Puts tasks and versions away and takes them out again. What is put away cannot be started anew;
 * what was started of it goes on. Every start asks the database, so it holds from the commit on, in
 * every process.
 */
@Repository
public class Archive {
  private final JdbcClient jdbc;

  Archive(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Puts a task away; nothing changes if it is. */
  public void put(TaskId task, String by) {
    jdbc.sql(
            "update task set archived_at = now(), archived_by = ?"
                + " where id = ? and archived_at is null")
        .params(by, task.value())
        .update();
  }

  /** Takes a task out; nothing changes if it is in use. */
  public void take(TaskId task) {
    jdbc.sql("update task set archived_at = null, archived_by = null where id = ?")
        .param(task.value())
        .update();
  }

  /**
   * Puts a version away; nothing changes if it is. The newest one is what a start gets that names
   * none, so it stays in use.
   *
   * @return false if it is the newest
   */
  public boolean put(TaskId task, int version, String by) {
    return jdbc.sql(
                "update task_version v set archived_at = coalesce(v.archived_at, now()),"
                    + " archived_by = coalesce(v.archived_by, ?)"
                    + " from task t where t.id = v.task_id and v.number < t.latest"
                    + " and v.task_id = ? and v.number = ?")
            .params(by, task.value(), version)
            .update()
        > 0;
  }

  /** Takes a version out; nothing changes if it is in use. */
  public void take(TaskId task, int version) {
    jdbc.sql(
            "update task_version set archived_at = null, archived_by = null"
                + " where task_id = ? and number = ?")
        .params(task.value(), version)
        .update();
  }
}
