package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;
import java.time.Instant;

/**
 * One version of a task as it is stored.
 *
 * @param number 1 for the first
 * @param definition JSON, as its author wrote it
 */
public record TaskVersion(
    TaskId task, String name, int number, String definition, Instant createdAt, String createdBy) {}
