package io.taskwright.workflows.contract;

import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.FailureCode;
import java.time.Duration;
import java.util.Set;

/** A retry policy as the history keeps it. */
public record RetryRule(
    int maxRetries,
    Duration retryInterval,
    double backoffMultiplier,
    Duration maxInterval,
    Set<FailureCode> retryableErrors) {
  /** The rule of a definition's policy. */
  public static RetryRule of(RetryPolicy policy) {
    return new RetryRule(
        policy.maxRetries(),
        policy.retryInterval(),
        policy.backoffMultiplier(),
        policy.maxInterval(),
        policy.retryableErrors());
  }
}
