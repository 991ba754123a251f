package io.taskwright.harness;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the program is, heard on descriptor 200: see {@code IN_PREPARE} in {@code warden.h}. The
 * harness is started before anybody knows.
 *
 * @param entry a source file below the work folder
 * @param variables {@code NAME=value} each, to be part of the environment
 */
record Start(String entry, String[] variables) {
  private static final String HEARD_AT = "/proc/self/fd/200";

  /** Waits for it. Meanwhile, if there is time, the compiler is made warm. */
  static Start await() throws IOException {
    try (FileInputStream in = new FileInputStream(HEARD_AT)) {
      if (in.available() == 0) {
        Sources.warmUp();
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int middle = text.indexOf("\0\0");
      String variables = text.substring(middle + 2);
      return new Start(
          text.substring(0, middle), variables.isEmpty() ? new String[0] : variables.split("\0"));
    }
  }

  /** Makes the variables what {@link System#getenv()} and new processes see. */
  void setVariables() throws ReflectiveOperationException {
    if (variables.length == 0) {
      return;
    }
    Class<?> environment = Class.forName("java.lang.ProcessEnvironment");
    Field field = open(environment.getDeclaredField("theEnvironment"));
    @SuppressWarnings("unchecked")
    Map<Object, Object> all = (Map<Object, Object>) field.get(null);
    Method name = maker("Variable");
    Method value = maker("Value");
    for (String variable : variables) {
      int end = variable.indexOf('=');
      all.put(
          name.invoke(null, variable.substring(0, end)),
          value.invoke(null, variable.substring(end + 1)));
    }
  }

  private static Method maker(String kind) throws ReflectiveOperationException {
    return open(
        Class.forName("java.lang.ProcessEnvironment$" + kind)
            .getMethod("valueOf", String.class));
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }
}
