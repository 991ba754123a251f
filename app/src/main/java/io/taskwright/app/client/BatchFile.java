package io.taskwright.app.client;

import io.taskwright.client.Json;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of starts: one JSON object a line, with the fields of a start's body and, if it likes, its
 * own {@code key}. Empty lines count for nothing.
 */
record BatchFile(List<Line> lines) {
  /** What one request holds at most; the service takes 1000 starts and 16 MiB. */
  private static final int MOST_STARTS = 500;

  private static final int MOST_CHARACTERS = 4 << 20;

  BatchFile {
    lines = List.copyOf(lines);
  }

  /** One start and the number of its line. */
  record Line(int number, JsonNode item, int length) {}

  /**
   * Reads all of it before anything is started.
   *
   * @param task whose starts they are
   * @throws Misuse if it cannot be read, or a line is no JSON object
   */
  static BatchFile read(Path file, String task) {
    List<String> texts;
    try {
      texts = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new Misuse("There is no file %s for --batch.".formatted(file));
    } catch (MalformedInputException e) {
      throw new Misuse("%s is not UTF-8.".formatted(file));
    } catch (IOException e) {
      throw new Misuse("%s cannot be read for --batch: %s".formatted(file, e.getMessage()));
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).isBlank()) {
        lines.add(line(file, i + 1, texts.get(i), task));
      }
    }
    if (lines.isEmpty()) {
      throw new Misuse("%s has no line with a start.".formatted(file));
    }
    return new BatchFile(lines);
  }

  private static Line line(Path file, int number, String text, String task) {
    String place = file + ":" + number;
    try {
      if (Json.read(text) instanceof ObjectNode object) {
        if (object.has("task")) {
          throw new Misuse(place + " names a task; the command line does that.");
        }
        return new Line(number, object.put("task", task), text.length());
      }
    } catch (JacksonException e) {
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new Misuse("%s is no JSON: %s".formatted(place, what));
    }
    throw new Misuse(place + " is no JSON object, such as {\"input\": {}}.");
  }

  /** The lines in groups that one request can hold. */
  List<List<Line>> requests() {
    List<List<Line>> requests = new ArrayList<>();
    List<Line> request = new ArrayList<>();
    long length = 0;
    for (Line line : lines) {
      if (!request.isEmpty()
          && (request.size() == MOST_STARTS || length + line.length() > MOST_CHARACTERS)) {
        requests.add(List.copyOf(request));
        request.clear();
        length = 0;
      }
      request.add(line);
      length += line.length();
    }
    requests.add(List.copyOf(request));
    return requests;
  }
}
