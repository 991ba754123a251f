package io.taskwright.sandbox.guest;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** The threads of a back end: one for each run, and a clock for all. */
public final class RunThreads implements AutoCloseable {
  private final ExecutorService runs;
  private final ScheduledExecutorService clock;

  /**
   * Names the threads after the back end.
   *
   * @param stack bytes of a run's stack, or 0 for what the virtual machine gives
   */
  public RunThreads(String name, long stack) {
    ThreadFactory factory =
        Thread.ofPlatform().daemon().name("sandbox-" + name + "-", 1).stackSize(stack).factory();
    // Platform threads: a run waits on a pipe, which would hold a virtual thread's carrier.
    this.runs = Executors.newCachedThreadPool(factory);
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-" + name + "-clock").factory());
  }

  public Executor runs() {
    return runs;
  }

  public ScheduledExecutorService clock() {
    return clock;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    runs.shutdown();
  }
}
