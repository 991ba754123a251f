package io.taskwright.rules.shape;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.walk.ApplyDefaultsStrategy;
import io.taskwright.model.Violation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema that was checked and made ready. It holds no state of a validation and may be used
 * by many threads at once.
 */
public final class JsonShape {
  /** The keyword of a violation that says that the value was not checked to the end. */
  static final String LIMIT = "limit";

  private static final long MAX_STEPS = 2_000_000;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_VIOLATIONS = 100;

  private final Schema schema;
  private final boolean hasDefaults;

  JsonShape(Schema schema, boolean hasDefaults) {
    this.schema = schema;
    this.hasDefaults = hasDefaults;
  }

  /**
   * Everything that is wrong with the value, at most 100 entries; empty if it has the shape. A
   * value whose check would take unreasonably many steps is wrong too.
   */
  public List<Violation> violations(JsonNode value) {
    try {
      return PatternMeter.within(() ->
          schema.validate(value, JsonShape::bound).stream()
              .map(JsonShape::violation)
              .distinct()
              .limit(MAX_VIOLATIONS)
              .toList());
    } catch (PatternMeter.Spent e) {
      return List.of(
          new Violation("", LIMIT, "the patterns of the schema take too many steps on this value"));
    } catch (ValidationLimitExceededException e) {
      return List.of(
          new Violation(
              pointer(e.getInstanceLocation()),
              LIMIT,
              "checking this value against the schema takes too many steps"));
    } catch (SchemaException e) {
      return List.of(
          new Violation("", "schema", "the schema cannot be applied to it: " + e.getMessage()));
    }
  }

  /**
   * The value with every default of the schema that applies to it; the value itself if none does.
   */
  public JsonNode withDefaults(JsonNode value) {
    if (!hasDefaults) {
      return value;
    }
    JsonNode copy = value.deepCopy();
    try {
      PatternMeter.within(() -> schema.walk(copy, false, JsonShape::boundWithDefaults));
    } catch (PatternMeter.Spent | ValidationLimitExceededException | SchemaException e) {
      return value; // what is wrong with it is said when it is held against the shape
    }
    return copy;
  }

  private static void bound(ExecutionContext context) {
    context.executionConfig(
        config -> config.maxEvaluationSteps(MAX_STEPS).maxEvaluationDepth(MAX_DEPTH));
  }

  private static void boundWithDefaults(ExecutionContext context) {
    bound(context);
    context.walkConfig(walk ->
        walk.applyDefaultsStrategy(
            ApplyDefaultsStrategy.builder().applyPropertyDefaults(true).build()));
  }

  private static Violation violation(Error error) {
    return new Violation(
        pointer(error.getInstanceLocation()),
        Optional.ofNullable(error.getKeyword()).orElse("schema"),
        error.getMessage());
  }

  private static String pointer(Object path) {
    return path.toString();
  }
}
