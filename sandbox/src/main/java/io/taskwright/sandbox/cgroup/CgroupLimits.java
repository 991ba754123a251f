package io.taskwright.sandbox.cgroup;

import io.taskwright.sandbox.Room;

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
  public static final int PERIOD = 100_000;

  private static final int ONE_CORE = 1000;

  /**
   * What holds the limits of a run. The files of the task are memory too, so there is room for
   * both; the warden tells them apart.
   *
   * @param own processes beside the program's
   */
  public static CgroupLimits of(Room room, int own) {
    return new CgroupLimits(
        room.cpu().millicores(),
        room.cpuQuota() == null ? ONE_CORE : room.cpuQuota().millicores(),
        room.memory().plus(room.disk()).bytes(),
        room.processes() + own);
  }

  /**
   * The same with the share of a whole core, for our own work in the group: the kernel makes and
   * ends namespaces under locks of the whole host, and who holds one must not wait for programs.
   */
  public CgroupLimits ofOurs() {
    return new CgroupLimits(Math.max(share, ONE_CORE), quota, memory, processes);
  }

  /** Microseconds of processor time in each period. */
  public int quotaInPeriod() {
    return Math.max(1000, quota * (PERIOD / 1000));
  }

  /** The share as version 1 counts it: 1024 for a whole core. */
  public int shares() {
    return Math.max(2, share * 1024 / 1000);
  }

  /** The share as version 2 counts it, converted as container engines do. */
  int weight() {
    return 1 + (int) ((shares() - 2) * 9999L / 262142);
  }
}
