package io.taskwright.rules.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official JSON-Schema-Test-Suite for draft 2020-12: everything required, and the optional
 * cases of formats. A case that is answered otherwise stands in a list with the reason; one that
 * stands there and is answered as the suite wants it is a mistake too.
 */
class OfficialSuiteTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path SUITE = Path.of("src/test/resources/json-schema-test-suite");
  private static final Path CASES = SUITE.resolve("tests/draft2020-12");

  /** File, case, and test where not all of the case is meant, in one line each; then the reason. */
  private static Map<String, String> exceptions() {
    Map<String, String> exceptions = new TreeMap<>();
    String reason = "";
    for (String line : lines(SUITE.resolve("exceptions.txt"))) {
      if (line.startsWith("# ")) {
        reason = line.substring(2);
      } else if (!line.isBlank()) {
        exceptions.put(line, reason);
      }
    }
    return exceptions;
  }

  @Test
  void answersAsTheSuiteWantsItButForTheListedExceptions() {
    Map<String, String> exceptions = exceptions();
    List<String> otherwise = new ArrayList<>();
    List<Path> files = new ArrayList<>(files(CASES));
    files.addAll(files(CASES.resolve("optional/format")));
    int asked = 0;
    for (Path file : files) {
      for (JsonNode group : JSON.readTree(text(file)).values()) {
        asked += group.get("tests").size();
        otherwise.addAll(otherwise(CASES.relativize(file) + " | " + said(group), group));
      }
    }
    assertThat(asked).isGreaterThan(2_000);
    assertThat(otherwise)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(exceptions.keySet());
    assertThat(exceptions.values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
  }

  /**
   * The tests of a group that are answered otherwise; the group itself if its schema is refused.
   */
  private static List<String> otherwise(String name, JsonNode group) {
    JsonNode schema = group.get("schema");
    if (!JsonShapes.violations(schema).isEmpty()) {
      return List.of(name);
    }
    JsonShape shape = JsonShapes.ready(schema);
    List<String> otherwise = new ArrayList<>();
    for (JsonNode test : group.get("tests").values()) {
      boolean valid = shape.violations(test.get("data")).isEmpty();
      if (valid != test.get("valid").booleanValue()) {
        otherwise.add(name + " | " + said(test));
      }
    }
    return otherwise;
  }

  private static String said(JsonNode described) {
    return described.get("description").stringValue();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
