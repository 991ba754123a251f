package io.taskwright.harness;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Between a program's values and JSON. */
final class Json {
  private static final int DEEPEST = 500;

  private Json() {}

  /** The text of what main returned. */
  static String text(Object value) throws TaskException {
    try {
      check(value, 0);
      return JSONObject.valueToString(value);
    } catch (JSONException e) {
      throw TaskException.output(
          "what main returned cannot be written as JSON: " + e.getMessage());
    }
  }

  /** Maps, lists, strings, numbers, booleans and null in place of the library's own classes. */
  static Object plain(Object value) {
    if (value instanceof JSONObject) {
      return ((JSONObject) value).toMap();
    }
    if (value instanceof JSONArray) {
      return ((JSONArray) value).toList();
    }
    return JSONObject.NULL.equals(value) ? null : value;
  }

  /** What a value is, for a person. */
  static String kind(Object value) {
    if (value instanceof JSONArray) {
      return "an array";
    }
    if (value instanceof JSONObject) {
      return "an object";
    }
    return JSONObject.NULL.equals(value) ? "null" : "a " + value.getClass().getSimpleName();
  }

  /** The library would write the fields of any object, or its text: that hides mistakes. */
  private static void check(Object value, int depth) throws TaskException {
    if (depth > DEEPEST) {
      throw TaskException.output(
          "what main returned cannot be written as JSON: it is deeper than " + DEEPEST);
    }
    if (value instanceof Map<?, ?>) {
      for (Object one : ((Map<?, ?>) value).values()) {
        check(one, depth + 1);
      }
    } else if (value instanceof Collection<?>) {
      for (Object one : (Collection<?>) value) {
        check(one, depth + 1);
      }
    } else if (!isPlain(value)) {
      throw TaskException.output(
          "what main returned cannot be written as JSON: it holds a "
              + value.getClass().getName()
              + "; return maps, lists, strings, numbers, booleans or records");
    }
  }

  private static boolean isPlain(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof Optional<?>
        || value instanceof JSONObject
        || value instanceof JSONArray
        || value instanceof Record
        || JSONObject.NULL.equals(value)
        || value.getClass().isArray();
  }
}
