package io.taskwright.model.execution;

/** Why an attempt or an execution failed. The set is closed: clients switch over it. */
public enum FailureCode {
  INPUT_INVALID(FailureCategory.USER),
  RULE_BLOCKED(FailureCategory.POLICY),
  /** The place to run could not be prepared. */
  ENVIRONMENT(FailureCategory.TRANSIENT),
  /** The worker went silent; what it did is unknown. */
  WORKER_LOST(FailureCategory.TRANSIENT),
  TIMEOUT(FailureCategory.POLICY),
  CODE_ERROR(FailureCategory.USER),
  OUTPUT_INVALID(FailureCategory.USER),
  ARTIFACT_REJECTED(FailureCategory.USER),
  CHECK_FAILED(FailureCategory.USER),
  RESOURCE_EXHAUSTED(FailureCategory.POLICY),
  EGRESS_DENIED(FailureCategory.POLICY),
  DECLINED(FailureCategory.USER),
  DEADLINE(FailureCategory.POLICY),
  INTEGRATION_FAILED(FailureCategory.TRANSIENT),
  OUTCOME_UNKNOWN(FailureCategory.TRANSIENT),
  INTERNAL(FailureCategory.INTERNAL);

  private final FailureCategory category;

  FailureCode(FailureCategory category) {
    this.category = category;
  }

  /** Who can do something about it. */
  public FailureCategory category() {
    return category;
  }
}
