package io.taskwright.sandbox;

import io.taskwright.model.definition.TaskRuntime;
import java.util.Set;

/**
 * Runs one program once, under limits. A back end is one class that passes the conformance suite.
 */
public interface Sandbox extends AutoCloseable {
  /** The name of the back end: {@code bubblewrap}, {@code docker}, {@code javascript}. */
  String name();

  /** The runtimes that this host lets the back end offer. */
  Set<TaskRuntime> runtimes();

  /**
   * Checks what this host lets the back end hold, from inside an environment and from outside. A
   * back end that fails one check is not offered; there is no weaker mode.
   */
  ProbeReport probe();

  /**
   * Starts the program. Events reach the sink in order, from one thread at a time, until {@link
   * Run#end()} is done. Never throws for what goes wrong with the run: that is its end.
   */
  Run start(Program program, Limits limits, RunSink sink);

  /** How many environments wait for programs that may come. */
  default int waiting() {
    return 0;
  }

  /** Ends what still runs and leaves nothing behind on the host. */
  @Override
  void close();
}
