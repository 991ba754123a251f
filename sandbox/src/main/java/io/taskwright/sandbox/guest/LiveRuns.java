package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.Run;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The runs of a back end that have not ended, so that its end can be theirs. */
public final class LiveRuns implements AutoCloseable {
  private final Set<Run> runs = ConcurrentHashMap.newKeySet();

  /** Remembers the run until it ends. */
  public <T extends Run> T add(T run) {
    runs.add(run);
    var _ = run.end().whenComplete((_, _) -> runs.remove(run));
    return run;
  }

  /** Kills them all, and waits until nothing is left of them. */
  @Override
  public void close() {
    runs.forEach(run -> Thread.ofPlatform().daemon().start(run::close));
    runs.forEach(run -> run.end().join());
  }
}
