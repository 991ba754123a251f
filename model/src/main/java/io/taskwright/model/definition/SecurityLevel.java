package io.taskwright.model.definition;

/** How much isolation the author asks for. */
public enum SecurityLevel {
  LOW,
  MEDIUM,
  /** Hard quotas, no network at all, never in the worker's own process. */
  HIGH
}
