package io.taskwright.sandbox;

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
   * Returns once what the program does may have effects outside. A run that another one has taken
   * over waits here until it is killed.
   */
  default void awaitCounting() throws InterruptedException {}
}
