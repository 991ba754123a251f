package io.taskwright.app.supervisor;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.process.Signal;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A process that was started for a part. */
interface Child {
  /** Which one; nothing when it ended before it could be looked at. */
  Optional<ProcessId> id();

  /** Calls back with its exit code, from any thread. */
  void onEnd(IntConsumer callback);

  /** Whether it still runs. */
  boolean alive();

  /** Tells it to end; harmless once it ended. */
  void signal(Signal signal);

  /** Starts processes. */
  @FunctionalInterface
  interface Starter {
    /** Starts the part's program. */
    Child start(Part part) throws IOException;
  }
}
