package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.Run;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of a back end: their names, their threads, and which of them have not ended, so that its
 * end can be theirs.
 */
public final class LiveRuns implements AutoCloseable {
  private final EnvironmentName names = new EnvironmentName();
  private final Set<Run> runs = ConcurrentHashMap.newKeySet();
  private final RunThreads threads;

  /** With threads of the usual stack. */
  public LiveRuns(String backEnd) {
    this(backEnd, 0);
  }

  /**
   * With threads named after the back end.
   *
   * @param stack bytes of a run's stack, or 0 for what the virtual machine gives
   */
  public LiveRuns(String backEnd, long stack) {
    this.threads = new RunThreads(backEnd, stack);
  }

  /** The next environment's name, for a program's. */
  public String nextName(String program) {
    return names.of(program);
  }

  /** Of all runs. */
  public RunThreads threads() {
    return threads;
  }

  /** Remembers a run until it ends. */
  public <T extends Run> T add(T run) {
    runs.add(run);
    var _ = run.end().whenComplete((_, _) -> runs.remove(run));
    return run;
  }

  /** Kills them all, waits until nothing is left of them, and ends the threads. */
  @Override
  public void close() {
    runs.forEach(run -> Thread.ofPlatform().daemon().start(run::close));
    runs.forEach(run -> run.end().join());
    threads.close();
  }
}
