package io.taskwright.sandbox;

import io.taskwright.model.execution.Failure;

/** How a run ended. */
public sealed interface RunEnd {
  /** What it used. */
  Usage usage();

  /**
   * The program ended well.
   *
   * @param output one JSON value; {@code null} as text if the program gave none
   */
  record Returned(String output, Usage usage) implements RunEnd {}

  /** The program failed, broke a limit, or could not be started. */
  record Failed(Failure failure, Usage usage) implements RunEnd {}

  /** It was stopped by {@link Run#stop} or {@link Run#close}. */
  record Stopped(Usage usage) implements RunEnd {}
}
