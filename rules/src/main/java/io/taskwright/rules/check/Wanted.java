package io.taskwright.rules.check;

import io.taskwright.rules.expression.Expression;
import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Evaluation;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an expression can want of what a check got, beside {@code input} and {@code output}. */
public enum Wanted {
  /** A server's answer, {@code {status, body}}; the body as JSON, or as text if it is none. */
  RESPONSE,
  /** What another task gave. */
  RESULT;

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private Compilation compiled(String expect) {
    return Expression.compile(expect, Set.of("input", "output", word()), Yield.BOOL);
  }

  /** What is wrong with the expression; empty if nothing is. */
  public Optional<String> flaw(String expect) {
    return switch (compiled(expect)) {
      case Compilation.Ready _ -> Optional.empty();
      case Compilation.Flawed flawed -> Optional.of(flawed.message());
    };
  }

  /**
   * Why what the check got is not what was expected; empty if it is.
   *
   * @param expect an expression without a flaw
   */
  public Optional<String> broken(String expect, JsonNode input, JsonNode output, JsonNode got) {
    return switch (compiled(expect)) {
      case Compilation.Flawed flawed -> Optional.of(flawed.message());
      case Compilation.Ready ready ->
          switch (ready
              .expression()
              .evaluate(Map.of("input", input, "output", output, word(), got))) {
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
