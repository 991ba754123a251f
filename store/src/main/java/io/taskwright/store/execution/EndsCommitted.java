package io.taskwright.store.execution;

import io.taskwright.model.execution.Status;

/**
 * Executions have ended so, by a statement of this process: published in its transaction, so that
 * whoever listens after the commit hears of each end exactly once.
 */
public record EndsCommitted(Status status, int count) {}
