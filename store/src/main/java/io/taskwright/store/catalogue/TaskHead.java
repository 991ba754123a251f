package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * A task, whatever its versions hold.
 *
 * @param latest the number of its newest version; 0 if it has only a draft
 * @param archived null if it is in use
 */
public record TaskHead(TaskId task, String name, int latest, @Nullable Archived archived) {}
