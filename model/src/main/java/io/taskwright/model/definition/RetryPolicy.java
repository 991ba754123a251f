package io.taskwright.model.definition;

import io.taskwright.model.execution.FailureCode;
import java.time.Duration;
import java.util.Set;

/**
 * When work that failed is tried again.
 *
 * @param maxRetries how often after the first attempt, 0 to 100
 * @param retryInterval the wait before the first retry
 * @param backoffMultiplier by how much each wait is longer than the one before, 1 to 10
 * @param maxInterval the longest wait
 * @param retryableErrors the failures that are worth another attempt
 */
public record RetryPolicy(
    int maxRetries,
    Duration retryInterval,
    double backoffMultiplier,
    Duration maxInterval,
    Set<FailureCode> retryableErrors) {
  /** What a definition that says nothing gets. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          3,
          Duration.ofSeconds(1),
          2,
          Duration.ofMinutes(1),
          Set.of(FailureCode.ENVIRONMENT, FailureCode.RESOURCE_EXHAUSTED, FailureCode.WORKER_LOST));

  public RetryPolicy {
    retryableErrors = Set.copyOf(retryableErrors);
  }

  /** Tells whether an attempt that failed so may be followed by another. */
  public boolean allowsAnother(int attempt, FailureCode code) {
    return attempt <= maxRetries && retryableErrors.contains(code);
  }

  /** The wait after that attempt, from 1 on. */
  public Duration waitAfter(int attempt) {
    double millis = (double) retryInterval.toMillis() * Math.pow(backoffMultiplier, attempt - 1.0);
    return Duration.ofMillis((long) Math.min(millis, (double) maxInterval.toMillis()));
  }
}
