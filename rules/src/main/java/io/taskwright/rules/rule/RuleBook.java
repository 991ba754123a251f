package io.taskwright.rules.rule;

import io.taskwright.model.definition.Rule;
import io.taskwright.rules.expression.Expression;
import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Evaluation;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The rules of one definition, compiled. They see what they judge, and nothing else. */
public final class RuleBook {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final List<Entry> entries;

  private record Entry(int index, Rule rule, Expression when) {}

  /**
   * A rule that fired.
   *
   * @param pointer to the rule in the definition
   * @param message the rule's, or why it could not be evaluated
   */
  public record Fired(String pointer, Rule.Then then, String message) {}

  /**
   * @param rules of which {@link #flaw} says nothing
   */
  public RuleBook(List<Rule> rules) {
    List<Entry> compiled = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      compiled.add(new Entry(i, rules.get(i), ready(rules.get(i))));
    }
    this.entries = List.copyOf(compiled);
  }

  /** What is wrong with the condition of a rule, with its place; empty if nothing is. */
  public static Optional<String> flaw(Rule.On on, String when) {
    return switch (Expression.compile(when, seen(on), Yield.BOOL)) {
      case Compilation.Ready _ -> Optional.empty();
      case Compilation.Flawed flawed -> Optional.of(flawed.message());
    };
  }

  /** Whether there is a rule over that. */
  public boolean has(Rule.On on) {
    return entries.stream().anyMatch(entry -> entry.rule().on() == on);
  }

  /** The rules that fire on the input, in their order. */
  public List<Fired> onInput(JsonNode input) {
    return fired(Rule.On.INPUT, Map.of(INPUT, input));
  }

  /** The rules that fire on the output, in their order. */
  public List<Fired> onOutput(JsonNode input, JsonNode output) {
    return fired(Rule.On.OUTPUT, Map.of(INPUT, input, OUTPUT, output));
  }

  private List<Fired> fired(Rule.On on, Map<String, JsonNode> values) {
    List<Fired> fired = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.rule().on() == on) {
        fires(entry, values).ifPresent(fired::add);
      }
    }
    return fired;
  }

  /** A rule that cannot be evaluated does what it would do if it fired: a gate fails closed. */
  private static Optional<Fired> fires(Entry entry, Map<String, JsonNode> values) {
    Rule rule = entry.rule();
    String pointer = "/rules/" + entry.index();
    return switch (entry.when().evaluate(values)) {
      case Evaluation.Value value ->
          value.json().booleanValue()
              ? Optional.of(new Fired(pointer, rule.then(), rule.message()))
              : Optional.empty();
      case Evaluation.None none ->
          Optional.of(
              new Fired(
                  pointer,
                  rule.then(),
                  "the rule could not be evaluated (" + none.reason() + "): " + rule.message()));
    };
  }

  private static Set<String> seen(Rule.On on) {
    return switch (on) {
      case INPUT -> Set.of(INPUT);
      case OUTPUT -> Set.of(INPUT, OUTPUT);
    };
  }

  private static Expression ready(Rule rule) {
    return switch (Expression.compile(rule.when(), seen(rule.on()), Yield.BOOL)) {
      case Compilation.Ready ready -> ready.expression();
      case Compilation.Flawed flawed -> throw new IllegalArgumentException(flawed.message());
    };
  }
}
