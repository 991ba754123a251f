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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds what came of a test against what it expects. */
public final class TestVerdict {
  private final Expectation expect;
  private final Seen seen;
  private final List<Difference> differences = new ArrayList<>();

  private TestVerdict(Expectation expect, Seen seen) {
    this.expect = expect;
    this.seen = seen;
  }

  /**
   * What came of a test.
   *
   * @param output null if there is none
   * @param code why it failed or was rejected, or null
   * @param message the same for a person; empty if it did neither
   * @param violations of the input, if it was rejected for some
   * @param method where the work would go; null if it was rejected
   * @param pool the same
   */
  public record Seen(
      Status status,
      @Nullable JsonNode output,
      @Nullable FailureCode code,
      String message,
      List<Violation> violations,
      @Nullable Method method,
      @Nullable String pool) {
    public Seen {
      violations = List.copyOf(violations);
    }
  }

  /** The differences, 50 at most, with values cut where they are long; none if the test passed. */
  public static List<Difference> of(Expectation expect, Seen seen) {
    TestVerdict verdict = new TestVerdict(expect, seen);
    verdict.ends();
    verdict.routes();
    return verdict.differences.stream().limit(JsonDifferences.MOST).map(Difference::brief).toList();
  }

  private void ends() {
    ExpectedFailure failure = expect.failure();
    if (seen.status() != expect.status()) {
      differs("/status", expect.status().name(), seen.status().name(), how());
    } else if (failure != null) {
      fails(failure);
    }
    if (seen.status() == expect.status() && seen.status() == Status.COMPLETED) {
      gives(seen.output() == null ? JsonNodeFactory.instance.nullNode() : seen.output());
    }
    if (seen.status() == expect.status() && seen.status() == Status.REJECTED) {
      expect.violations().forEach(this::breaks);
    }
  }

  private String how() {
    if (seen.code() != null) {
      return seen.code() + ": " + seen.message();
    }
    return "it ended otherwise";
  }

  private void fails(ExpectedFailure failure) {
    FailureCode code = seen.code();
    if (code != failure.code()) {
      differs("/failure/code", failure.code().name(), name(code), how());
    }
    if (!seen.message().contains(failure.message())) {
      differs(
          "/failure/message",
          failure.message(),
          seen.message(),
          "does not contain what is expected of it");
    }
  }

  private void gives(JsonNode output) {
    if (expect.output() != null) {
      differences.addAll(JsonDifferences.of("/output", expect.output(), output));
    }
    if (expect.outputMatches() != null) {
      JsonShapes.ready(expect.outputMatches())
          .violations(output)
          .forEach(violation ->
              differences.add(
                  new Difference(
                      "/output" + violation.pointer(),
                      null,
                      at(output, violation.pointer()),
                      violation.keyword() + ": " + violation.message())));
    }
  }

  private static @Nullable JsonNode at(JsonNode output, String pointer) {
    JsonNode value = output.at(pointer);
    return value.isMissingNode() ? null : value;
  }

  private void breaks(ExpectedViolation expected) {
    boolean found =
        seen.violations().stream()
            .anyMatch(violation ->
                violation.pointer().equals(expected.pointer())
                    && (expected.keyword() == null
                        || expected.keyword().equals(violation.keyword())));
    if (!found) {
      String keyword = expected.keyword() == null ? "" : " (" + expected.keyword() + ")";
      differs(
          "/violations",
          expected.pointer() + keyword,
          String.join(", ", seen.violations().stream().map(TestVerdict::text).toList()),
          "this place was not refused");
    }
  }

  private static String text(Violation violation) {
    return violation.pointer() + " (" + violation.keyword() + ")";
  }

  private void routes() {
    ExpectedRoute route = expect.route();
    if (route == null) {
      return;
    }
    if (route.method() != null && route.method() != seen.method()) {
      differs("/route/method", route.method().name(), name(seen.method()), "it goes elsewhere");
    }
    if (route.pool() != null && !route.pool().equals(seen.pool())) {
      differs("/route/pool", route.pool(), seen.pool(), "it goes elsewhere");
    }
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  private void differs(String pointer, String expected, @Nullable String actual, String message) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    differences.add(
        new Difference(
            pointer,
            json.stringNode(expected),
            actual == null ? null : json.stringNode(actual),
            message));
  }
}
