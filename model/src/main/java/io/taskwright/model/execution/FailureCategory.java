package io.taskwright.model.execution;

/** Who can do something about a failure. */
public enum FailureCategory {
  /** The author or the caller: the same run would fail again. */
  USER,
  /** Nobody needs to: another attempt may succeed. */
  TRANSIENT,
  /** Who set the rule that was broken. */
  POLICY,
  /** Whoever operates the service. */
  INTERNAL
}
