package io.taskwright.app.supervisor;

/** Where a part is on its way. */
public enum PartState {
  /** Others must be ready first. */
  WAITING,
  STARTING,
  READY,
  /** It died and is started again in a moment. */
  RESTARTING,
  /** It died several times in a row; it is still started again, but slowly. */
  FAILED,
  STOPPING,
  STOPPED
}
