package io.taskwright.workflows.contract;

import io.taskwright.model.execution.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * How the workflow saw the work end. The store may know better: an attempt that reported its output
 * counts, even if its worker was lost afterwards.
 *
 * @param code why the work failed; null if it did not
 * @param message what the workflow can say of it; empty if it did not fail
 */
public record Conclusion(
    String execution, Ending ending, @Nullable FailureCode code, String message) {
  /** The ways in which work ends. */
  public enum Ending {
    WORKED,
    FAILED,
    CANCELLED
  }

  /** The work was done. */
  public static Conclusion worked(String execution) {
    return new Conclusion(execution, Ending.WORKED, null, "");
  }

  /** The work failed for good. */
  public static Conclusion failed(String execution, FailureCode code, String message) {
    return new Conclusion(execution, Ending.FAILED, code, message);
  }

  /** The work was stopped. */
  public static Conclusion cancelled(String execution) {
    return new Conclusion(execution, Ending.CANCELLED, null, "");
  }
}
