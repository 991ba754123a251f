package io.taskwright.app.supervisor;

import io.taskwright.app.process.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The supervisor's view of one part. Only its loop touches it. */
final class Watch {
  final Part part;

  private PartState state = PartState.WAITING;
  private @Nullable Thread preparation;
  private @Nullable Child child;
  private @Nullable String reason;
  private boolean late;
  private int failures;
  private int starts;
  private Instant since = Instant.MIN;

  /** When something is to be done though nothing happened; {@link Instant#MAX} for never. */
  private Instant due = Instant.MIN;

  Watch(Part part) {
    this.part = part;
  }

  PartState state() {
    return state;
  }

  Instant due() {
    return due;
  }

  boolean ready() {
    return state == PartState.READY;
  }

  boolean stopped() {
    return state == PartState.STOPPED;
  }

  boolean runs(Child which) {
    return which.equals(child);
  }

  /** Whether it died so often in a row that it counts as failed. */
  boolean failed() {
    return state == PartState.FAILED;
  }

  /** It waits for its next start, and the time for it has come. */
  boolean startable(Instant now) {
    return switch (state) {
      case WAITING, RESTARTING, FAILED -> !due.isAfter(now);
      case STARTING, READY, STOPPING, STOPPED -> false;
    };
  }

  void preparing(Thread thread) {
    state = PartState.STARTING;
    preparation = thread;
    due = Instant.MAX;
  }

  /** Breaks off what is done before the start, if that is going on; it will say when it is over. */
  boolean interruptPreparation() {
    if (preparation == null) {
      return false;
    }
    preparation.interrupt();
    return true;
  }

  void prepared() {
    preparation = null;
  }

  void started(Child started, Instant now) {
    child = started;
    late = false;
    starts++;
    due = now.plus(part.readiness().within());
  }

  void becameReady(Instant now) {
    state = PartState.READY;
    reason = null;
    since = now;
    due = Instant.MAX;
  }

  /** It ended, or could not be started at all. */
  void ended(String why, Instant now) {
    if (ready() && !now.isBefore(since.plus(Backoff.SETTLED))) {
      failures = 0;
    }
    failures++;
    child = null;
    reason = why;
    state = failures < Backoff.FAILED_AFTER ? PartState.RESTARTING : PartState.FAILED;
    due = now.plus(Backoff.after(failures));
  }

  /** It runs but cannot be used, for this reason. */
  void notYet(Child which, String problem) {
    if (runs(which)) {
      reason = problem;
    }
  }

  /** It did not become ready in time. */
  void overdue() {
    late = true;
    kill();
  }

  /** Why its process ended. */
  String why(int code) {
    if (!late) {
      return "ended with exit code " + code;
    }
    long seconds = part.readiness().within().toSeconds();
    return "was not ready within " + seconds + " s" + (reason == null ? "" : ": " + reason);
  }

  void kill() {
    due = Instant.MAX;
    signal(Signal.KILL);
  }

  void stopping(Instant now) {
    state = PartState.STOPPING;
    due = now.plus(part.stop().within());
    signal(part.stop().signal());
  }

  void halted() {
    state = PartState.STOPPED;
    child = null;
    due = Instant.MAX;
  }

  boolean running() {
    return child != null;
  }

  private void signal(Signal signal) {
    if (child != null) {
      child.signal(signal);
    }
  }

  PartStatus status() {
    return new PartStatus(
        part.name(),
        state,
        part.version(),
        child == null ? null : child.id().orElse(null),
        Math.max(0, starts - 1),
        reason,
        part.log());
  }
}
