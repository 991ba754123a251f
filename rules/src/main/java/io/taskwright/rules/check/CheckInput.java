package io.taskwright.rules.check;

import io.taskwright.rules.expression.Expression;
import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Evaluation;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a task gets that checks an execution. */
public final class CheckInput {
  private static final Set<String> SEEN = Set.of("input", "output", "execution");

  private CheckInput() {}

  /** What came of making it. */
  public sealed interface Made {
    /** It is this. */
    record Value(ObjectNode json) implements Made {}

    /** A field could not be made, for that reason. */
    record None(String field, String reason) implements Made {}
  }

  /** What is wrong with the expression of a field; empty if nothing is. */
  public static Optional<String> flaw(String field) {
    return switch (Expression.compile(field, SEEN, Yield.JSON)) {
      case Compilation.Ready _ -> Optional.empty();
      case Compilation.Flawed flawed -> Optional.of(flawed.message());
    };
  }

  /**
   * Makes it.
   *
   * @param fields expressions without a flaw; none for the input and the output as they are
   * @param execution {@code {id, task, version}} of the one that is checked
   */
  public static Made of(
      SortedMap<String, String> fields, JsonNode input, JsonNode output, JsonNode execution) {
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    if (fields.isEmpty()) {
      made.set("input", input);
      made.set("output", output);
      return new Made.Value(made);
    }
    Map<String, JsonNode> seen = Map.of("input", input, "output", output, "execution", execution);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      switch (Expression.compile(field.getValue(), SEEN, Yield.JSON)) {
        case Compilation.Flawed flawed -> {
          return new Made.None(field.getKey(), flawed.message());
        }
        case Compilation.Ready ready -> {
          switch (ready.expression().evaluate(seen)) {
            case Evaluation.None none -> {
              return new Made.None(field.getKey(), none.reason());
            }
            case Evaluation.Value value -> made.set(field.getKey(), value.json());
          }
        }
      }
    }
    return new Made.Value(made);
  }
}
