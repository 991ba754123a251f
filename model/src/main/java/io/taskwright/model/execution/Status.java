package io.taskwright.model.execution;

import java.util.EnumSet;
import java.util.Set;

/** Where an execution is between its acceptance and its one end. */
public enum Status {
  /** Accepted and stored; waits to be dispatched. */
  RECEIVED,
  /** Dispatched; being admitted: validated and routed. */
  PREPARING,
  /** Its work goes on. */
  RUNNING,
  /** Waits for something other than a worker, and holds no slot. */
  WAITING,
  /** Held by an operator. */
  PAUSED,
  REJECTED,
  COMPLETED,
  FAILED,
  CANCELLED;

  private static final Set<Status> ENDS = EnumSet.of(REJECTED, COMPLETED, FAILED, CANCELLED);

  /** Tells whether nothing can follow. */
  public boolean ended() {
    return ENDS.contains(this);
  }

  /** The statuses that may follow this one. */
  public Set<Status> next() {
    return switch (this) {
      case RECEIVED -> EnumSet.of(PREPARING, PAUSED, COMPLETED, FAILED, CANCELLED);
      case PREPARING ->
          EnumSet.of(RUNNING, WAITING, PAUSED, REJECTED, COMPLETED, FAILED, CANCELLED);
      case RUNNING -> EnumSet.of(WAITING, PAUSED, COMPLETED, FAILED, CANCELLED);
      case WAITING -> EnumSet.of(RUNNING, PAUSED, COMPLETED, FAILED, CANCELLED);
      case PAUSED ->
          EnumSet.of(RECEIVED, PREPARING, RUNNING, WAITING, COMPLETED, FAILED, CANCELLED);
      case REJECTED, COMPLETED, FAILED, CANCELLED -> EnumSet.noneOf(Status.class);
    };
  }

  /** Tells whether an execution may go from here to there. */
  public boolean mayBecome(Status status) {
    return next().contains(status);
  }
}
