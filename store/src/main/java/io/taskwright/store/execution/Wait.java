package io.taskwright.store.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an execution has not been dispatched yet.
 *
 * @param reason for people
 * @param ahead how many go before it, as far as that can be said
 * @param until when it may go on at the earliest, if time alone says
 */
public record Wait(String reason, Instant since, @Nullable Long ahead, @Nullable Instant until) {}
