package io.taskwright.app.client;

import io.taskwright.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** JSON on the command line, or in a file that is named there. */
final class JsonArgument {
  private JsonArgument() {}

  /**
   * Reads it.
   *
   * @param option whose it is
   * @param text JSON, {@code @FILE}, or {@code @-} for stdin
   * @throws Misuse if it is no JSON
   */
  static JsonNode read(String option, String text) {
    boolean elsewhere = text.startsWith("@");
    String name = elsewhere ? text.substring(1) : option;
    try {
      return Json.read(elsewhere ? content(option, name) : text);
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

  private static String content(String option, String name) {
    try {
      return name.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(name));
    } catch (NoSuchFileException e) {
      throw new Misuse("There is no file %s for %s.".formatted(name, option));
    } catch (IOException e) {
      throw new Misuse("%s cannot be read for %s: %s".formatted(name, option, e.getMessage()));
    }
  }
}
