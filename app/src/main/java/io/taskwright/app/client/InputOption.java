package io.taskwright.app.client;

import io.taskwright.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
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
    if (input == null) {
      return Optional.empty();
    }
    boolean elsewhere = input.startsWith("@");
    String name = elsewhere ? input.substring(1) : "--input";
    try {
      return Optional.of(Json.read(elsewhere ? content(name) : input));
    } catch (JacksonException e) {
      throw new Misuse(
          "%s is no JSON (line %d, column %d): %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  private static String content(String name) {
    try {
      return name.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(name));
    } catch (NoSuchFileException e) {
      throw new Misuse("There is no file %s for --input.".formatted(name));
    } catch (IOException e) {
      throw new Misuse("%s cannot be read for --input: %s".formatted(name, e.getMessage()));
    }
  }
}
