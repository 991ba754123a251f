package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Expectation;
import io.taskwright.model.definition.Expectation.ExpectedFailure;
import io.taskwright.model.definition.Expectation.ExpectedRoute;
import io.taskwright.model.definition.Expectation.ExpectedViolation;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.shape.JsonShapes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code expect} of a test: what must come of it. */
final class ExpectationReader {
  private static final Set<Status> ENDS =
      EnumSet.of(Status.COMPLETED, Status.FAILED, Status.REJECTED);

  private ExpectationReader() {}

  /**
   * Reads what a test expects.
   *
   * @param breaks what an output breaks of the outputSchema
   */
  static Optional<Expectation> read(Fields test, Function<JsonNode, List<Violation>> breaks) {
    if (!test.has("expect")) {
      test.any("expect");
      test.wrong("expect", "required", "is required: what must come of it");
      return Optional.empty();
    }
    return test.object("expect").map(fields -> expectation(fields, breaks));
  }

  private static Expectation expectation(
      Fields fields, Function<JsonNode, List<Violation>> breaks) {
    Optional<Status> said = word(fields, "status", ENDS.toArray(Status[]::new));
    Optional<JsonNode> output = fields.value("output");
    JsonNode matches = schema(fields);
    Optional<ExpectedFailure> failure = fields.object("failure").map(ExpectationReader::failure);
    boolean violations = fields.has("violations");
    List<ExpectedViolation> broken =
        fields.objects("violations").stream().map(ExpectationReader::violation).toList();
    Optional<ExpectedRoute> route = fields.object("route").map(ExpectationReader::route);
    fields.end();
    Status status =
        said.orElse(
            failure.isPresent() ? Status.FAILED : violations ? Status.REJECTED : Status.COMPLETED);
    boolean nothing = said.isEmpty() && output.isEmpty() && matches == null && failure.isEmpty();
    if (nothing && !violations && route.isEmpty()) {
      fields.wrong(
          "required",
          "must have status, output, outputMatches, failure, violations or route; else it proves"
              + " nothing");
    }
    only(fields, status, Status.COMPLETED, output.isPresent(), "output");
    only(fields, status, Status.COMPLETED, matches != null, "outputMatches");
    only(fields, status, Status.FAILED, failure.isPresent(), "failure");
    only(fields, status, Status.REJECTED, violations, "violations");
    output.stream()
        .flatMap(value -> breaks.apply(value).stream())
        .forEach(violation ->
            fields.wrongInside(
                "output",
                violation.pointer(),
                violation.keyword(),
                "no output with this fits the outputSchema: " + violation.message()));
    return new Expectation(
        status, output.orElse(null), matches, failure.orElse(null), broken, route.orElse(null));
  }

  /** Notes what only an execution with another end can have. */
  private static void only(Fields fields, Status is, Status needed, boolean given, String name) {
    if (given && is != needed) {
      fields.wrong(name, "contradiction", "goes with status " + needed + " only, not with " + is);
    }
  }

  private static @Nullable JsonNode schema(Fields fields) {
    JsonNode schema = fields.any("outputMatches");
    if (schema == null) {
      return null;
    }
    List<Violation> wrong = JsonShapes.violations(schema);
    wrong.forEach(violation ->
        fields.wrongInside(
            "outputMatches",
            violation.pointer(),
            Codes.INVALID_SCHEMA,
            violation.keyword() + ": " + violation.message()));
    return schema;
  }

  private static ExpectedFailure failure(Fields fields) {
    String message = fields.text("message").orElse("");
    ExpectedFailure failure =
        new ExpectedFailure(MockReader.code(fields).orElse(FailureCode.INTERNAL), message);
    fields.end();
    return failure;
  }

  private static ExpectedViolation violation(Fields fields) {
    ExpectedViolation violation =
        new ExpectedViolation(
            fields.requiredText("pointer").orElse(""), fields.text("keyword").orElse(null));
    fields.end();
    return violation;
  }

  private static ExpectedRoute route(Fields fields) {
    ExpectedRoute route =
        new ExpectedRoute(
            word(fields, "method", Method.values()).orElse(null), fields.text("pool").orElse(null));
    if (route.method() == null && route.pool() == null) {
      fields.wrong("required", "must have method or pool");
    }
    fields.end();
    return route;
  }

  private static <E extends Enum<E>> Optional<E> word(Fields fields, String name, E[] words) {
    return fields
        .text(name)
        .flatMap(text -> {
          Optional<E> found = Stream.of(words).filter(word -> word.name().equals(text)).findFirst();
          if (found.isEmpty()) {
            fields.wrong(name, "enum", "must be one of " + Arrays.toString(words));
          }
          return found;
        });
  }
}
