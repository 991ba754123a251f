package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;

/**
 * Which version of which task.
 *
 * @param name of the task
 */
public record VersionName(TaskId task, String name, int number) {}
