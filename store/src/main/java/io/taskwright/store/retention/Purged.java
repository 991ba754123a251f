package io.taskwright.store.retention;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was removed at one time.
 *
 * @param keep after how long, as it was set then
 * @param setBy who had set that; null for the default of the service
 */
public record Purged(
    long id,
    Duration keep,
    @Nullable String setBy,
    Instant begunAt,
    Instant endedAt,
    long executions,
    long attempts,
    long events,
    long artifacts,
    long batches) {}
