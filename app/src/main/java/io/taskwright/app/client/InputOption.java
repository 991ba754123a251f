package io.taskwright.app.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The input of a task. */
final class InputOption {
  @Option(
      names = {"-i", "--input"},
      paramLabel = "JSON",
      description = "The input, as JSON; @FILE reads it from a file, @- from stdin.")
  private @Nullable String input;

  /**
   * The input, if one was given.
   *
   * @throws Misuse if it is no JSON
   */
  Optional<JsonNode> json() {
    return Optional.ofNullable(input).map(text -> JsonArgument.read("--input", text));
  }
}
