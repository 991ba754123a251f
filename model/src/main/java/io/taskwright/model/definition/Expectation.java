package io.taskwright.model.definition;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must come of a test. What is null or empty may be anything.
 *
 * @param status COMPLETED, FAILED or REJECTED
 * @param output the very output; numbers count by their value
 * @param outputMatches a JSON Schema that the output must fit
 * @param failure how it must fail
 * @param violations places for which the input must be rejected; there may be others
 * @param route where the work must go
 */
public record Expectation(
    Status status,
    @Nullable JsonNode output,
    @Nullable JsonNode outputMatches,
    @Nullable ExpectedFailure failure,
    List<ExpectedViolation> violations,
    @Nullable ExpectedRoute route) {
  public Expectation {
    violations = List.copyOf(violations);
  }

  /**
   * How work must fail.
   *
   * @param message what the failure's message must contain; empty for anything
   */
  public record ExpectedFailure(FailureCode code, String message) {}

  /**
   * A place for which an input must be rejected.
   *
   * @param pointer into the input
   * @param keyword of the rule that it breaks; null for any
   */
  public record ExpectedViolation(String pointer, @Nullable String keyword) {}

  /** Where work must go. Null leaves a side open. */
  public record ExpectedRoute(@Nullable Method method, @Nullable String pool) {}
}
