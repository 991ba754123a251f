package io.taskwright.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What came of a definition's tests.
 *
 * @param json the service's whole answer
 */
public record CheckReport(JsonNode json) {
  /**
   * What came of one test.
   *
   * @param status of its dry run; empty if it was never begun
   * @param log its last lines, if it did not pass
   */
  public record TestResult(
      String name,
      boolean passed,
      String status,
      Duration took,
      List<Difference> differences,
      List<String> log) {
    public TestResult {
      differences = List.copyOf(differences);
      log = List.copyOf(log);
    }
  }

  /** A place where something came out otherwise than the test expects. */
  public record Difference(
      String pointer, Optional<JsonNode> expected, Optional<JsonNode> actual, String message) {}

  /** The task's name. */
  public String task() {
    return json.at("/task/name").asString("");
  }

  /** How many passed. */
  public int passed() {
    return json.path("passed").asInt(0);
  }

  /** How many did not. */
  public int failed() {
    return json.path("failed").asInt(0);
  }

  /** Every test, in the order of the definition. */
  public List<TestResult> tests() {
    return json.path("tests").valueStream().map(CheckReport::test).toList();
  }

  private static TestResult test(JsonNode test) {
    return new TestResult(
        test.path("name").asString(""),
        test.path("passed").asBoolean(false),
        test.path("status").asString(""),
        Duration.parse(test.path("duration").asString("PT0S")),
        test.path("differences").valueStream().map(CheckReport::difference).toList(),
        test.path("log").valueStream().map(line -> line.asString("")).toList());
  }

  private static Difference difference(JsonNode difference) {
    return new Difference(
        difference.path("pointer").asString(""),
        Optional.ofNullable(difference.get("expected")),
        Optional.ofNullable(difference.get("actual")),
        difference.path("message").asString(""));
  }
}
