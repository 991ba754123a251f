package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;

/**
 * Which version of which task.
 *
 * @param name of the task
 */
public record VersionName(TaskId task, String name, int number, Standing standing) {
  /** Whether it may be started. */
  public enum Standing {
    IN_USE,
    TASK_ARCHIVED,
    VERSION_ARCHIVED
  }

  /** One that is in use. */
  public VersionName(TaskId task, String name, int number) {
    this(task, name, number, Standing.IN_USE);
  }
}
