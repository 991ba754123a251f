package io.taskwright.app.process;

import java.util.Collections;
import java.util.List;

/**
 * A process as /proc shows it.
 *
 * @param id which one
 * @param arguments its command line; empty for a thread of the kernel
 * @param name the name of its program, at most 15 characters
 * @param directory its working directory, or empty when it belongs to somebody else
 */
public record RunningProcess(ProcessId id, List<String> arguments, String name, String directory) {
  public RunningProcess {
    arguments = List.copyOf(arguments);
  }

  /** Whether these arguments stand in its command line one after the other. */
  boolean has(String... consecutive) {
    return Collections.indexOfSubList(arguments, List.of(consecutive)) >= 0;
  }
}
