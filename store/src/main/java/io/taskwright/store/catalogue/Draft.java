package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;
import java.time.Instant;

/**
 * A definition that is still worked on; it may be wrong.
 *
 * @param name of the task
 * @param revision rises with each save; never the same again for one task
 * @param basedOn the newest version when it was begun; 0 if there was none
 * @param definition JSON
 */
public record Draft(
    TaskId task,
    String name,
    int revision,
    int basedOn,
    String definition,
    Source source,
    Instant createdAt,
    String createdBy,
    Instant updatedAt,
    String updatedBy) {}
