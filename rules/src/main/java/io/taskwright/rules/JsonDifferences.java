package io.taskwright.rules;

import io.taskwright.rules.shape.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds where one JSON value differs from another. Numbers are the same if their values are. */
final class JsonDifferences {
  static final int MOST = 50;

  private final List<Difference> found = new ArrayList<>();

  private JsonDifferences() {}

  /**
   * The places, at most 50, in the order of the expected value.
   *
   * @param pointer of the values themselves
   */
  static List<Difference> of(String pointer, JsonNode expected, JsonNode actual) {
    JsonDifferences differences = new JsonDifferences();
    differences.compare(pointer, expected, actual);
    return List.copyOf(differences.found);
  }

  private void compare(String pointer, @Nullable JsonNode expected, @Nullable JsonNode actual) {
    if (found.size() >= MOST) {
      return;
    }
    if (expected == null || actual == null) {
      found.add(
          new Difference(
              pointer, expected, actual, expected == null ? "is not expected" : "is missing"));
    } else if (expected.isObject() && actual.isObject()) {
      for (String name : names(expected, actual)) {
        compare(pointer + "/" + Pointers.escape(name), expected.get(name), actual.get(name));
      }
    } else if (expected.isArray() && actual.isArray()) {
      for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        compare(pointer + "/" + i, expected.get(i), actual.get(i));
      }
    } else if (!same(expected, actual)) {
      found.add(new Difference(pointer, expected, actual, "is another value"));
    }
  }

  private static Set<String> names(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>(one.propertyNames());
    names.addAll(other.propertyNames());
    return names;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    return one.equals(other);
  }
}
