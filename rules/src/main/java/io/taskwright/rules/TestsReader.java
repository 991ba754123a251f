package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.DefinitionTest;
import io.taskwright.model.definition.Expectation;
import io.taskwright.model.execution.DryRun;
import io.taskwright.rules.shape.JsonShape;
import io.taskwright.rules.shape.JsonShapes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads {@code tests}: what a definition promises of itself. */
final class TestsReader {
  private static final String FIELD = "tests";

  private TestsReader() {}

  /**
   * Reads the tests of a definition. A test that can never pass, because the output that it expects
   * breaks the outputSchema, is as wrong as anything else that contradicts itself.
   *
   * @param outputSchema a valid one, or null
   */
  static List<DefinitionTest> read(Fields definition, @Nullable JsonNode outputSchema) {
    List<DefinitionTest> tests = new ArrayList<>();
    List<Fields> items = definition.objects(FIELD, DefinitionTest.MOST);
    JsonShape output = outputSchema == null ? null : JsonShapes.ready(outputSchema);
    Set<String> names = new HashSet<>();
    for (Fields item : items) {
      Optional<String> name = name(item);
      if (name.isPresent() && !names.add(name.get())) {
        item.wrong("name", "uniqueItems", "another test has the name '" + name.get() + "'");
      }
      JsonNode input = item.value("input").orElseGet(JsonNodeFactory.instance::objectNode);
      DryRun work = MockReader.read(item).orElseGet(DryRun.Closed::new);
      Optional<Expectation> expect = ExpectationReader.read(item, shape(output));
      item.end();
      if (name.isPresent() && expect.isPresent()) {
        tests.add(new DefinitionTest(name.get(), input, work, expect.get()));
      }
    }
    return tests;
  }

  private static Function<JsonNode, List<Violation>> shape(@Nullable JsonShape output) {
    return output == null ? value -> List.of() : output::violations;
  }

  private static Optional<String> name(Fields test) {
    return test.requiredText("name")
        .filter(name -> {
          boolean right =
              !name.isBlank()
                  && name.length() <= DefinitionTest.LONGEST_NAME
                  && name.chars().noneMatch(Character::isISOControl);
          if (!right) {
            test.wrong(
                "name",
                Codes.INVALID_NAME,
                "must be 1 to " + DefinitionTest.LONGEST_NAME + " characters on one line");
          }
          return right;
        });
  }
}
