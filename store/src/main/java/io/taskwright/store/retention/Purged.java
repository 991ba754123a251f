package io.taskwright.store.retention;

import java.time.Instant;

/**
 * What was removed at one time.
 *
 * @param keep how long things were kept then, and who had set that
 * @param events of removed executions
 * @param logs lines of logs, and progress, that went before their executions
 * @param artifacts files, before their executions or with them
 */
public record Purged(
    long id,
    Keep keep,
    Instant begunAt,
    Instant endedAt,
    long executions,
    long attempts,
    long events,
    long logs,
    long artifacts,
    long batches,
    long bundles) {}
