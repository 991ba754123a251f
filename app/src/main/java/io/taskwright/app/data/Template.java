package io.taskwright.app.data;

import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A settings file with holes.
 *
 * @param text holes are written {@code ${name}}
 */
public record Template(String text) {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([A-Za-z]+)}");

  /** The template that lies beside a class. */
  public static Template beside(Class<?> type, String name) {
    try (InputStream stream = type.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("not on the class path");
      }
      return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Obstacle("The distribution lacks %s; build it again.".formatted(name), e);
    }
  }

  /**
   * The text with its holes filled.
   *
   * @throws IllegalArgumentException when a value is missing or one has no hole
   */
  public String fill(Map<String, String> values) {
    Set<String> used = new HashSet<>();
    String filled =
        HOLE.matcher(text)
            .replaceAll(hole -> {
              String value = values.get(hole.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for " + hole.group());
              }
              used.add(hole.group(1));
              return Matcher.quoteReplacement(value);
            });
    if (!used.equals(values.keySet())) {
      throw new IllegalArgumentException("values without a hole: " + values.keySet() + " " + used);
    }
    return filled;
  }
}
