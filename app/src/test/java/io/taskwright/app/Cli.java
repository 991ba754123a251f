package io.taskwright.app;

import io.taskwright.app.machine.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as another process, the way a person runs it. */
final class Cli {
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private Cli() {}

  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param out what it printed to stdout
   * @param err what it printed to stderr
   */
  record Result(int code, String out, String err) {}

  /** Starts a command, with Ctrl-C as a terminal has it: whoever starts the tests may ignore it. */
  static Process start(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(JavaProgram.of(StandIn.class).command(SMALL, Arrays.asList(arguments)));
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  static Result run(String... arguments) {
    return end(start(arguments));
  }

  /** Waits for the end of a command. */
  static Result end(Process process) {
    try (var err = process.errorReader(StandardCharsets.UTF_8);
        var out = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder errors = new StringBuilder();
      Thread reader =
          Thread.ofVirtual().start(() -> err.lines().forEach(it -> errors.append(it).append('\n')));
      String printed = String.join("\n", out.lines().toList());
      reader.join();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return new Result(process.waitFor(), printed, errors.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
