package io.taskwright.app.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another program that is run to its end.
 *
 * @param command the program and its arguments
 * @param environment variables that are added to those of this process
 * @param directory where it runs
 */
public record Tool(List<String> command, Map<String, String> environment, Path directory) {
  /** The exit code of a program that did not end in time and was killed. */
  public static final int OVERDUE = -1;

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int KEPT_CHARACTERS = 64 * 1024;

  /**
   * How it ended.
   *
   * @param code its exit code, or {@link #OVERDUE}
   * @param output the last 64 Ki characters of what it printed to stdout and stderr
   */
  public record Result(int code, String output) {
    /** Whether the exit code is 0. */
    public boolean succeeded() {
      return code == 0;
    }

    /** The last lines of what it printed. */
    public String tail(int lines) {
      List<String> all = output.stripTrailing().lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }
  }

  /** A program that runs in the root folder with the environment of this process. */
  public static Tool of(String... command) {
    return new Tool(List.of(command), Map.of(), Path.of("/"));
  }

  /** The same with more variables. */
  public Tool with(Map<String, String> variables) {
    return new Tool(command, variables, directory);
  }

  /** Runs it to its end, or kills it when the time is over. */
  public Result run(Duration limit) {
    return run(limit, line -> {});
  }

  /** The same; each line is also handed on as it is printed, from another thread. */
  public Result run(Duration limit, Consumer<String> lines) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.directory(directory.toFile()).start();
      process.getOutputStream().close();
      StringBuilder output = new StringBuilder();
      Thread reader = Thread.ofPlatform().daemon().start(() -> read(process, output, lines));
      boolean ended = false;
      try {
        ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        if (!ended) {
          end(process);
        }
      }
      // A grandchild may hold the pipe open for longer than the program lived.
      reader.join(Duration.ofSeconds(2));
      synchronized (output) {
        return new Result(ended ? process.exitValue() : OVERDUE, output.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Obstacle("Interrupted while %s ran.".formatted(command.getFirst()), e);
    }
  }

  /** Also when this thread is interrupted, nothing is left running. */
  private static void end(Process process) {
    CompletableFuture<Process> exit = process.onExit();
    process.destroy();
    exit.copy().completeOnTimeout(process, GRACE.toMillis(), TimeUnit.MILLISECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly();
    }
    exit.join();
  }

  private static void read(Process process, StringBuilder output, Consumer<String> lines) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (output) {
          output.append(line).append('\n');
          if (output.length() > 2 * KEPT_CHARACTERS) {
            output.delete(0, output.length() - KEPT_CHARACTERS);
          }
        }
        lines.accept(line);
      }
    } catch (IOException e) {
      // The program was killed; what it printed before is what there is.
      lines.accept("output ends: " + e.getMessage());
    }
  }
}
