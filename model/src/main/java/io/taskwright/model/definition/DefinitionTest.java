package io.taskwright.model.definition;

import io.taskwright.model.execution.DryRun;
import tools.jackson.databind.JsonNode;

/**
 * A test that stands beside the work in a definition: a dry run, and what must come of it.
 *
 * @param name unique in its definition, 1 to 100 characters
 * @param input as a start would name it, before defaults
 * @param work {@link DryRun.Closed} unless the test has a mock of it
 */
public record DefinitionTest(String name, JsonNode input, DryRun work, Expectation expect) {
  /** The most tests that a definition may have. */
  public static final int MOST = 100;

  /** The longest name of one, in characters. */
  public static final int LONGEST_NAME = 100;
}
