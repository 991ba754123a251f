package io.taskwright.rules;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A place where something came out otherwise than a test expects.
 *
 * @param pointer what is meant, such as {@code /status} or {@code /output/items/0}
 * @param expected null if nothing was expected there, or no single value
 * @param actual null if nothing is there
 * @param message for a person
 */
public record Difference(
    String pointer, @Nullable JsonNode expected, @Nullable JsonNode actual, String message) {
  private static final int LONGEST = 2_000;

  /** The same, with the beginning of a value in the place of one that is long. */
  Difference brief() {
    return new Difference(pointer, brief(expected), brief(actual), message);
  }

  private static @Nullable JsonNode brief(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    String text = value.isString() ? value.stringValue() : value.toString();
    if (text.length() <= LONGEST) {
      return value;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return JsonNodeFactory.instance.stringNode(
        text.substring(0, end) + "… (" + text.length() + " characters)");
  }
}
