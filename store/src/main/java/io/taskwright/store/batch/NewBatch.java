package io.taskwright.store.batch;

import io.taskwright.model.BatchId;
import io.taskwright.model.Project;
import io.taskwright.model.batch.Operation;
import io.taskwright.model.batch.Pace;
import io.taskwright.store.execution.NewExecution.StartKey;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is asked for.
 *
 * @param filter JSON as it was asked; null if the executions were named
 * @param expected how many executions there must be
 * @param by the name of the API key that asks
 * @param key makes the batch once, or null
 */
public record NewBatch(
    BatchId id,
    Project project,
    String name,
    Operation operation,
    Selection selection,
    @Nullable String filter,
    Pace pace,
    OptionalInt expected,
    String by,
    @Nullable StartKey key) {}
