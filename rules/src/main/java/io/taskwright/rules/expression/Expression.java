package io.taskwright.rules.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An expression of the Common Expression Language over JSON values, parsed and type-checked. It
 * sees the values that it is given and nothing else: no host, no clock, no other expression. Many
 * threads may use one at once.
 */
public final class Expression {
  /** How many characters an expression may have. */
  public static final int LONGEST = 4_096;

  private final String source;
  private final Yield yield;
  private final CelRuntime.Program program;

  Expression(String source, Yield yield, CelRuntime.Program program) {
    this.source = source;
    this.yield = yield;
    this.program = program;
  }

  /** What an expression has to give. */
  public enum Yield {
    /** True or false. */
    BOOL,
    /** Any JSON value. */
    JSON
  }

  /**
   * What is wrong with an expression.
   *
   * @param line from 1
   * @param column from 1
   * @param message for a person, without the place
   */
  public record Flaw(int line, int column, String message) {
    @Override
    public String toString() {
      return "line " + line + ", column " + column + ": " + message;
    }
  }

  /** What came of compiling. */
  public sealed interface Compilation {
    /** It can be evaluated. */
    record Ready(Expression expression) implements Compilation {}

    /** It is wrong in these ways, at least one. */
    record Flawed(List<Flaw> flaws) implements Compilation {
      /** All flaws in one line. */
      public String message() {
        return String.join("; ", flaws.stream().map(Flaw::toString).toList());
      }
    }
  }

  /** What came of evaluating. */
  public sealed interface Evaluation {
    /** A value of the kind that the expression has to give. */
    record Value(JsonNode json) implements Evaluation {}

    /**
     * There is no value: something was missing or of another type, or it costs too much.
     *
     * @param reason for a person
     */
    record None(String reason) implements Evaluation {}
  }

  /**
   * Parses and type-checks an expression.
   *
   * @param variables the names that it may use; each stands for any JSON value
   */
  public static Compilation compile(String source, Set<String> variables, Yield yield) {
    return Compiler.compile(source, variables, yield);
  }

  /** What its author wrote. */
  public String source() {
    return source;
  }

  /**
   * Evaluates within 100,000 steps and 50 ms of processor time. Never throws for what the values
   * are.
   *
   * @param values one for each variable; what is not given is missing
   */
  public Evaluation evaluate(Map<String, JsonNode> values) {
    Budget budget = new Budget();
    try {
      return ScopedValue.where(Budget.CURRENT, budget).call(() -> evaluate(values, budget));
    } catch (Budget.Spent | StackOverflowError e) {
      return new Evaluation.None(
          "it needs more than " + Budget.STEPS + " steps or " + Budget.TIME.toMillis() + " ms");
    }
  }

  private Evaluation evaluate(Map<String, JsonNode> values, Budget budget) {
    Map<String, Object> bindings = new HashMap<>();
    values.forEach((name, value) -> bindings.put(name, JsonValues.of(value, budget)));
    try {
      Object result = program.trace(bindings, (CelExpr step, Object value) -> pay(value, budget));
      Optional<JsonNode> json = JsonValues.json(result, budget);
      if (yield == Yield.BOOL && !json.map(JsonNode::isBoolean).orElse(false)) {
        return new Evaluation.None("it gave " + Flaws.kind(json) + " where true or false is due");
      }
      return json.<Evaluation>map(Evaluation.Value::new)
          .orElseGet(() -> new Evaluation.None("it gave a value that JSON has no form for"));
    } catch (CelEvaluationException e) {
      return new Evaluation.None(Flaws.reason(e));
    }
  }

  /** Texts and collections that were made anew cost by their size, so that memory is bounded. */
  private static void pay(Object value, Budget budget) {
    switch (value) {
      case String text -> budget.text(text.length());
      case Collection<?> list -> budget.text(list.size());
      case Map<?, ?> map -> budget.text(map.size());
      default -> budget.step();
    }
  }
}
