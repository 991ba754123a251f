package io.taskwright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The checkout that the tests run in, and its command line. */
public final class Checkout {
  private Checkout() {}

  /** Its root: where the script {@code taskwright} is. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isExecutable(folder.resolve("taskwright"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not in a checkout");
    }
    return folder;
  }

  /**
   * What a command printed, and how it ended.
   *
   * @param took from its start to its end
   */
  public record Result(int code, String out, String err, Duration took) {}

  /** Runs {@code ./taskwright} with these arguments to its end. */
  public static Result run(List<String> arguments) {
    return run(arguments, Map.of(), Duration.ofMinutes(15));
  }

  /** Runs it with more environment, for at most so long. */
  public static Result run(
      List<String> arguments, Map<String, String> environment, Duration longest) {
    long start = System.nanoTime();
    Process process = start(arguments, environment);
    try {
      StringBuilder err = new StringBuilder();
      Thread errors = Thread.ofVirtual().start(() -> err.append(text(process.getErrorStream())));
      String out = text(process.getInputStream());
      errors.join();
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(arguments + " did not end within " + longest);
      }
      return new Result(
          process.exitValue(), out, err.toString(), Duration.ofNanos(System.nanoTime() - start));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts {@code ./taskwright} and returns at once. */
  public static Process start(List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(root().resolve("taskwright").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(root().toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(java.io.InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // its process was killed
    }
  }
}
