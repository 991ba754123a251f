package io.taskwright.sandbox;

import java.util.concurrent.CompletableFuture;

/** A program that was started. */
public interface Run extends AutoCloseable {
  /** The name of its environment on this host, by which an operator finds its traces. */
  String environment();

  /** How it ended; never completes exceptionally. By then no process, mount or cgroup is left. */
  CompletableFuture<RunEnd> end();

  /** Asks the program to stop (SIGTERM) and kills it after the grace period. Returns at once. */
  void stop();

  /** Kills it with all its processes and waits until nothing is left. Harmless once it ended. */
  @Override
  void close();
}
