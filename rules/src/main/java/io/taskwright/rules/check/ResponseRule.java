package io.taskwright.rules.check;

import io.taskwright.rules.expression.Expression;
import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Evaluation;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What must be true of a server's answer, beside its status. */
public final class ResponseRule {
  private static final Set<String> SEEN = Set.of("input", "output", "response");

  private ResponseRule() {}

  /** What is wrong with the expression; empty if nothing is. */
  public static Optional<String> flaw(String expect) {
    return switch (Expression.compile(expect, SEEN, Yield.BOOL)) {
      case Compilation.Ready _ -> Optional.empty();
      case Compilation.Flawed flawed -> Optional.of(flawed.message());
    };
  }

  /**
   * Why the answer is not what was expected; empty if it is.
   *
   * @param expect an expression without a flaw
   * @param response {@code {status, body}}; the body as JSON, or as text if it is none
   */
  public static Optional<String> broken(
      String expect, JsonNode input, JsonNode output, JsonNode response) {
    return switch (Expression.compile(expect, SEEN, Yield.BOOL)) {
      case Compilation.Flawed flawed -> Optional.of(flawed.message());
      case Compilation.Ready ready ->
          switch (ready
              .expression()
              .evaluate(Map.of("input", input, "output", output, "response", response))) {
            case Evaluation.Value value ->
                value.json().booleanValue()
                    ? Optional.empty()
                    : Optional.of("the expression is false");
            case Evaluation.None none ->
                Optional.of("the expression could not be evaluated: " + none.reason());
          };
    };
  }
}
