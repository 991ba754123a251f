package io.taskwright.harness;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
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
      return JSONObject.valueToString(tree(value, 0));
    } catch (JSONException | ReflectiveOperationException e) {
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

  /** The library would write any object as its fields, or as its text: that hides mistakes. */
  private static Object tree(Object value, int depth)
      throws TaskException, ReflectiveOperationException {
    if (depth > DEEPEST) {
      throw TaskException.output(
          "what main returned cannot be written as JSON: it is deeper than " + DEEPEST);
    }
    if (value == null) {
      return JSONObject.NULL;
    }
    if (value instanceof Map<?, ?>) {
      return object((Map<?, ?>) value, depth);
    }
    if (value instanceof Collection<?>) {
      return array(((Collection<?>) value).toArray(), depth);
    }
    if (value.getClass().isArray()) {
      return array(value, depth);
    }
    if (value instanceof Optional<?>) {
      return tree(((Optional<?>) value).orElse(null), depth);
    }
    if (value instanceof Record) {
      return record((Record) value, depth);
    }
    if (value instanceof Enum<?>) {
      return ((Enum<?>) value).name();
    }
    if (isPlain(value)) {
      return value;
    }
    throw TaskException.output(
        "what main returned cannot be written as JSON: it holds a "
            + value.getClass().getName()
            + "; return maps, lists, strings, numbers, booleans or records");
  }

  private static JSONObject object(Map<?, ?> map, int depth)
      throws TaskException, ReflectiveOperationException {
    JSONObject object = new JSONObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      object.put(String.valueOf(entry.getKey()), tree(entry.getValue(), depth + 1));
    }
    return object;
  }

  private static JSONArray array(Object array, int depth)
      throws TaskException, ReflectiveOperationException {
    JSONArray result = new JSONArray();
    for (int i = 0; i < Array.getLength(array); i++) {
      result.put(tree(Array.get(array, i), depth + 1));
    }
    return result;
  }

  private static JSONObject record(Record record, int depth)
      throws TaskException, ReflectiveOperationException {
    JSONObject object = new JSONObject();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      object.put(component.getName(), tree(accessor.invoke(record), depth + 1));
    }
    return object;
  }

  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof JSONObject
        || value instanceof JSONArray
        || JSONObject.NULL.equals(value);
  }
}
