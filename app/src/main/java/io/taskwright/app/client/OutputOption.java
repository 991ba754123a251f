package io.taskwright.app.client;

import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.OutputForm;
import io.taskwright.app.terminal.Terminal;
import java.util.function.IntFunction;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** In which form something is printed. */
final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, json or yaml. Default: table")
  private OutputForm form = OutputForm.TABLE;

  /** Whether it is for a person. */
  boolean forPeople() {
    return form == OutputForm.TABLE;
  }

  /**
   * What is printed of a value.
   *
   * @param table the form for people, for a screen of so many columns
   */
  String text(JsonNode value, IntFunction<String> table) {
    return switch (form) {
      case TABLE -> table.apply(Terminal.out().width());
      case JSON -> Documents.json(value);
      case YAML -> Documents.yaml(value);
    };
  }
}
