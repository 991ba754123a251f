package io.taskwright.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.json.JSONObject;

/**
 * Runs a Java program under the contract of the service's code: compiles the sources in memory,
 * then calls {@code main} of the entry's class.
 */
public final class Harness {
  static final Path WORK = Path.of("/task/work");
  private static final Path INPUT = Path.of("/task/input.json");
  private static final Path OUTPUT = Path.of("/task/output.json");
  private static final Path ERROR = Path.of("/task/error.json");
  private static final int MOST_FRAMES = 60;

  private Harness() {}

  /** Hears what it has to run when it runs already. */
  public static void main(String[] arguments) {
    try {
      run(Start.await());
      System.out.flush();
      System.exit(0); // Threads that it left behind do not hold the end up.
    } catch (TaskException e) {
      report(e.kind(), e.getMessage(), "");
      System.err.println(e.getMessage());
    } catch (InvocationTargetException e) {
      failed(e.getCause());
    } catch (Throwable e) {
      failed(e);
    }
    System.exit(1);
  }

  private static void run(String entry) throws ReflectiveOperationException, TaskException {
    Class<?> type = Sources.compile(WORK, entry);
    Thread.currentThread().setContextClassLoader(type.getClassLoader());
    Method main = EntryPoint.find(type);
    if (EntryPoint.isClassic(main)) {
      main.invoke(null, (Object) new String[0]);
      return;
    }
    Object result = EntryPoint.call(type, main, read());
    if (result != null || !Files.exists(OUTPUT)) {
      write(Json.text(result));
    }
  }

  private static String read() {
    try {
      return Files.readString(INPUT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String text) {
    try {
      Files.writeString(OUTPUT, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reports an exception that nobody caught, without our own frames. */
  private static void failed(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      report("memory", thrown.toString(), "");
      System.err.println(thrown);
      return;
    }
    trim(thrown);
    java.io.StringWriter trace = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(trace));
    report("code", thrown.toString(), trace.toString());
    System.err.print(trace);
  }

  private static void trim(Throwable thrown) {
    int depth = 0;
    for (Throwable one = thrown; one != null && depth < 10; one = one.getCause(), depth++) {
      one.setStackTrace(
          Arrays.stream(one.getStackTrace())
              .takeWhile(frame -> !isOurs(frame))
              .limit(MOST_FRAMES)
              .toArray(StackTraceElement[]::new));
    }
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("io.taskwright.harness.")
        || frame.getClassName().startsWith("jdk.internal.reflect.");
  }

  private static void report(String kind, String message, String stackTrace) {
    JSONObject report =
        new JSONObject().put("kind", kind).put("message", message).put("stackTrace", stackTrace);
    try {
      Files.writeString(ERROR, report.toString());
    } catch (IOException e) {
      System.err.println("the failure could not be reported: " + e);
    }
  }
}
