package io.taskwright.workers;

import io.taskwright.store.execution.LimitQueues;
import io.taskwright.store.limit.ProjectLimits;
import java.time.Duration;

/**
 * Looks at limits when there is reason to: where nobody sets any, that is once in a while. To be
 * used by the dispatcher's thread; others only stir it.
 */
public final class LimitTurns {
  private static final int MOST_AT_ONCE = 200;

  /** Then others are dispatched first. */
  private static final int MOST_ROUNDS = 10;

  private final LimitQueues queues;
  private final ProjectLimits projects;
  private final DispatchFigures figures;
  private volatile boolean stirred = true;
  private boolean ofProjects;
  private long due;

  public LimitTurns(LimitQueues queues, ProjectLimits projects, DispatchFigures figures) {
    this.queues = queues;
    this.projects = projects;
    this.figures = figures;
  }

  /** Something has happened at a limit. */
  void stir() {
    stirred = true;
  }

  /** A notification may have been lost. */
  void tick() {
    stirred = true;
    if (!ofProjects) {
      ofProjects = projects.any(); // a row of these is never taken away
    }
  }

  /** Whether projects have limits. */
  boolean ofProjects() {
    return ofProjects;
  }

  /**
   * Lets through whom the limits let through.
   *
   * @return how long it is until somebody may be let through by time alone, at most this
   */
  Duration pass(Duration most) {
    if (!stirred && System.nanoTime() - due < 0) {
      return Duration.ofNanos(due - System.nanoTime());
    }
    stirred = false;
    boolean more = true;
    for (int round = 0; more && round < MOST_ROUNDS; round++) {
      long before = System.nanoTime();
      more = queues.pass(MOST_AT_ONCE);
      if (more) {
        figures.passed(Duration.ofNanos(System.nanoTime() - before));
      }
    }
    Duration next = queues.next(most);
    due = System.nanoTime() + next.toNanos();
    return next;
  }
}
