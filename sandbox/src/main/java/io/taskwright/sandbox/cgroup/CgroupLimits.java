package io.taskwright.sandbox.cgroup;

/**
 * What the processes in a group may use together.
 *
 * @param share thousandths of a core that are kept for it when the host is busy
 * @param quota thousandths of a core that it never exceeds
 * @param memory bytes, files in memory included
 * @param processes processes and threads at once
 */
public record CgroupLimits(int share, int quota, long memory, int processes) {
  /** The kernel's period of a quota, in microseconds. */
  static final int PERIOD = 100_000;

  /** Microseconds of processor time in each period. */
  int quotaInPeriod() {
    return Math.max(1000, quota * (PERIOD / 1000));
  }

  /** The share as version 1 counts it: 1024 for a whole core. */
  int shares() {
    return Math.max(2, share * 1024 / 1000);
  }

  /** The share as version 2 counts it, converted as container engines do. */
  int weight() {
    return 1 + (int) ((shares() - 2) * 9999L / 262142);
  }
}
