package io.taskwright.rules;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place where something came out otherwise than a test expects.
 *
 * @param pointer what is meant, such as {@code /status} or {@code /output/items/0}
 * @param expected null if nothing was expected there, or no single value
 * @param actual null if nothing is there
 * @param message for a person
 */
public record Difference(
    String pointer, @Nullable JsonNode expected, @Nullable JsonNode actual, String message) {}
