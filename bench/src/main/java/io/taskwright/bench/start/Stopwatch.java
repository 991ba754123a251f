package io.taskwright.bench.start;

import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the time of one start. Milliseconds throughout. */
final class Stopwatch {
  private static final double NANOS = 1e6;

  /**
   * One start.
   *
   * @param environment its name; empty outside a sandbox
   */
  record Lap(double firstLine, double whole, String environment) {}

  private Stopwatch() {}

  /** A program that is started by a command line. */
  static Lap command(List<String> words) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      double first = since(start);
      while (lines.readLine() != null) {
        // The rest is nobody's.
      }
      if (process.waitFor() != 0 || !"hello".equals(line)) {
        throw new IOException(words.getFirst() + " said: " + line);
      }
      return new Lap(first, since(start), "");
    }
  }

  /** A program in a sandbox, to its end. */
  static Lap sandboxed(Sandbox sandbox, Hello hello) throws IOException {
    return start(sandbox, hello).lap();
  }

  /** A program in a sandbox that has been started. */
  static Started start(Sandbox sandbox, Hello hello) {
    long start = System.nanoTime();
    FirstLine first = new FirstLine();
    return new Started(start, first, sandbox.start(hello.program(), hello.limits(), first));
  }

  /** Waits for its end with {@link #lap}. */
  record Started(long start, FirstLine first, Run run) {
    Lap lap() throws IOException {
      RunEnd end = run.end().join();
      double whole = since(start);
      if (!(end instanceof RunEnd.Returned)) {
        throw new IOException("a run did not end well: " + end);
      }
      return new Lap((first.at - start) / NANOS, whole, run.environment());
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / NANOS;
  }

  private static final class FirstLine implements RunSink {
    private volatile long at;

    @Override
    public void log(Source source, String line) {
      if (source == Source.STDOUT && at == 0) {
        at = System.nanoTime();
      }
    }

    @Override
    public void progress(double fraction, String message) {
      // It tells none.
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }
  }
}
