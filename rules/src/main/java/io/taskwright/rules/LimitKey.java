package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.rules.expression.Expression;
import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Evaluation;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What executions of a task have in common that share a limit. */
public final class LimitKey {
  /** How many characters a value may have. */
  public static final int LONGEST = 256;

  private static final String INPUT = "input";

  private final String pointer;
  private final Optional<Expression> expression;

  private LimitKey(String pointer, Optional<Expression> expression) {
    this.pointer = pointer;
    this.expression = expression;
  }

  /** What an input has for a key. */
  public sealed interface Taken {
    /**
     * A value.
     *
     * @param text for people; null if all executions share the limit
     * @param identity the same for equal values only: a number is no text
     */
    record Value(@Nullable String text, String identity) implements Taken {}

    /** None that can be a key. */
    record None(Violation violation) implements Taken {}
  }

  static Compilation compile(String source) {
    return Expression.compile(source, Set.of(INPUT), Yield.JSON);
  }

  /**
   * @param field that it stands in
   * @param source one that {@link DefinitionReader} found valid, or null if there is none
   */
  static LimitKey of(String field, @Nullable String source) {
    return new LimitKey(
        "/" + field + "/key",
        Optional.ofNullable(source)
            .map(text ->
                switch (compile(text)) {
                  case Compilation.Ready(Expression ready) -> ready;
                  case Compilation.Flawed flawed ->
                      throw new IllegalArgumentException(flawed.message());
                }));
  }

  /** The key of an input whose defaults are filled in. */
  public Taken take(JsonNode input) {
    return expression
        .map(ready ->
            switch (ready.evaluate(Map.of(INPUT, input))) {
              case Evaluation.Value(JsonNode value) -> take(ready, value);
              case Evaluation.None(String reason) -> none(ready, "gave nothing: " + reason);
            })
        .orElse(new Taken.Value(null, ""));
  }

  private Taken take(Expression ready, JsonNode value) {
    String text;
    switch (value.getNodeType()) {
      case STRING -> text = value.stringValue();
      case BOOLEAN -> text = value.asString();
      case NUMBER -> text = value.decimalValue().stripTrailingZeros().toString();
      default -> {
        return none(ready, "must give a string, a number or a boolean, but gave another value");
      }
    }
    return text.length() > LONGEST
        ? none(ready, "gave a text of more than " + LONGEST + " characters")
        : new Taken.Value(text, value.getNodeType() + " " + text);
  }

  private Taken none(Expression ready, String why) {
    return new Taken.None(
        new Violation(
            pointer,
            "limitKey",
            "'"
                + ready.source()
                + "' says which executions share a limit; for this input it "
                + why));
  }
}
