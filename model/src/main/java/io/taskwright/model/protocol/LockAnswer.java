package io.taskwright.model.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The lock of a task version's packages: what every attempt at it uses.
 *
 * @param lock null if there is none yet
 */
public record LockAnswer(@Nullable String lock) {}
