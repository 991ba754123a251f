package io.taskwright.model.protocol;

import io.taskwright.model.execution.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What the service makes of an attempt's end, which an output that breaks its schema turns into a
 * failure.
 *
 * @param accepted whether this end counts; false if the attempt was over already
 * @param failure why the attempt failed, or null
 */
public record AttemptVerdict(boolean accepted, @Nullable FailureCode failure) {}
