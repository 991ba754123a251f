package io.taskwright.sandbox;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what a running program says. Called from one thread at a time; must not block for long. */
public interface RunSink {
  /** Where a line of log came from. */
  enum Source {
    STDOUT,
    STDERR,
    /** The sandbox itself, about the run. */
    SYSTEM
  }

  /** One line of log, without its end, at most 64 KiB; longer ones arrive in pieces. */
  void log(Source source, String line);

  /**
   * How far the program says it is.
   *
   * @param fraction 0 to 1
   * @param message for a person; may be empty
   */
  void progress(double fraction, String message);

  /**
   * What takes the program's output where it is not to be one JSON value: its bytes in order, as
   * they come, at most as many as the limit says. The run then returns {@code null}. What it throws
   * ends the run. The usual answer is null: nothing takes it so.
   */
  default @Nullable Consumer<byte[]> output() {
    return null;
  }
}
