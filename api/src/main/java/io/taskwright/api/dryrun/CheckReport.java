package io.taskwright.api.dryrun;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Difference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What came of a definition's tests. */
public record CheckReport(List<TestResult> tests) {
  public CheckReport {
    tests = List.copyOf(tests);
  }

  /**
   * What came of one test.
   *
   * @param execution its dry run; null if the start was refused or never made
   * @param status null if it was never begun
   * @param log its last lines, if it did not pass
   */
  record TestResult(
      String name,
      @Nullable ExecutionId execution,
      @Nullable Status status,
      Duration took,
      List<Difference> differences,
      List<String> log) {
    TestResult {
      differences = List.copyOf(differences);
      log = List.copyOf(log);
    }

    boolean passed() {
      return differences.isEmpty();
    }
  }

  /** {@code {passed, failed, tests: [{name, passed, status, execution, duration, …}]}}. */
  public ObjectNode json() {
    long passed = tests.stream().filter(TestResult::passed).count();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("passed", passed)
            .put("failed", tests.size() - passed);
    ArrayNode array = json.putArray("tests");
    tests.forEach(test -> array.add(json(test)));
    return json;
  }

  private static ObjectNode json(TestResult test) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", test.name())
            .put("passed", test.passed())
            .put("status", test.status() == null ? null : test.status().name())
            .put("execution", test.execution() == null ? null : test.execution().toString())
            .put("duration", test.took().toString());
    ArrayNode differences = json.putArray("differences");
    for (Difference difference : test.differences()) {
      ObjectNode one = differences.addObject().put("pointer", difference.pointer());
      if (difference.expected() != null) {
        one.set("expected", difference.expected());
      }
      if (difference.actual() != null) {
        one.set("actual", difference.actual());
      }
      one.put("message", difference.message());
    }
    ArrayNode log = json.putArray("log");
    test.log().forEach(log::add);
    return json;
  }
}
