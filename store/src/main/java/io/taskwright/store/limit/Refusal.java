package io.taskwright.store.limit;

import java.time.Duration;

/**
 * Why a start was not taken in though nothing is wrong with it. Nothing was stored.
 *
 * @param detail which limit it met, and what to do
 * @param retryAfter when it may be worth another try
 */
public record Refusal(Cause cause, String detail, Duration retryAfter) {
  /** Which limit it met. */
  public enum Cause {
    /** As many of the task as may be are under way. */
    CONCURRENCY,
    /** As many of the task as may begin in the time have begun. */
    RATE,
    /** The project has as many executions as it may have. */
    QUOTA,
    /** The project starts more than it may in a minute. */
    STARTS
  }
}
