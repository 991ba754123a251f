package io.taskwright.bench.subject;

/** Where the work between admission and conclusion is done. */
public enum RawShape {
  /** In the workflow's worker, as a local activity: as Taskwright runs JavaScript. */
  LOCAL,
  /** On another queue, as an activity: as Taskwright runs code in sandboxes. */
  POOL
}
