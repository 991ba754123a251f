package io.taskwright.harness;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.json.JSONObject;
import org.json.JSONTokener;

/** The method of a program that is called. */
final class EntryPoint {
  private EntryPoint() {}

  /** A main that takes a value or nothing and returns one; else the classic one. */
  static Method find(Class<?> type) throws TaskException {
    Method classic = null;
    Method found = null;
    for (Method method : type.getDeclaredMethods()) {
      if (method.getName().equals("main") && method.getParameterCount() <= 1) {
        if (isClassic(method)) {
          classic = method;
        } else if (found == null || method.getParameterCount() > found.getParameterCount()) {
          found = method;
        }
      }
    }
    Method main = found == null ? classic : found;
    if (main == null) {
      throw TaskException.code(
          type.getName()
              + " has no main: declare `static Object main(Map<String, Object> input)`,"
              + " or `public static void main(String[] args)`");
    }
    main.setAccessible(true);
    return main;
  }

  static boolean isClassic(Method main) {
    return Modifier.isStatic(main.getModifiers())
        && main.getParameterCount() == 1
        && main.getParameterTypes()[0] == String[].class;
  }

  static Object call(Class<?> type, Method main, String input)
      throws ReflectiveOperationException, TaskException {
    Object target = null;
    if (!Modifier.isStatic(main.getModifiers())) {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      target = constructor.newInstance();
    }
    return main.getParameterCount() == 0
        ? main.invoke(target)
        : main.invoke(target, argument(main.getParameterTypes()[0], input));
  }

  private static Object argument(Class<?> type, String input) throws TaskException {
    if (type == String.class) {
      return input;
    }
    Object value = new JSONTokener(input).nextValue();
    if (type == Map.class && value instanceof JSONObject) {
      return ((JSONObject) value).toMap();
    }
    if (type.isInstance(value) && type != Object.class) {
      return value;
    }
    if (type == Object.class) {
      return Json.plain(value);
    }
    throw TaskException.code(
        "main takes a " + type.getSimpleName() + ", but the input is " + Json.kind(value));
  }
}
