package io.taskwright.sandbox;

import java.io.IOException;
import java.io.OutputStream;
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
   * Opens a place for a file that the program left, and that {@link RunFiles#kept} asks for; its
   * bytes follow, then it is closed. Files come when everything else was said, one after the other.
   * Only those of a run that returned count.
   *
   * @param path relative to the working directory; good by {@link
   *     io.taskwright.model.file.FilePaths}, and never the same twice
   * @throws IOException if there is no place; the run then fails with ENVIRONMENT
   */
  default OutputStream file(String path) throws IOException {
    throw new IOException("this sink takes no files");
  }

  /**
   * Returns once what the program does may have effects outside. A run that another one has taken
   * over waits here until it is killed. A sink before another one hands this on.
   */
  void awaitCounting() throws InterruptedException;

  /**
   * What takes the program's output where it is not to be one JSON value: its bytes in order, as
   * they come, at most as many as the limit says. The run then returns {@code null}. What it throws
   * ends the run. The usual answer is null: nothing takes it so.
   */
  default @Nullable Consumer<byte[]> output() {
    return null;
  }
}
