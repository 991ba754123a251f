package io.taskwright.sandbox;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use. Each limit that is broken ends the run with a failure of its own: TIMEOUT for
 * the wall clock, RESOURCE_EXHAUSTED for the others, with {@code memory}, {@code disk}, {@code
 * files}, {@code processes}, {@code cpuTime}, {@code log} or {@code output} as the resource.
 *
 * @param cpu the share kept for it when the host is busy
 * @param cpuQuota a hard bound on processor time per second, or null for a burst of one core
 * @param memory of all processes together, without the files of {@code disk}
 * @param disk bytes of all files it writes
 * @param files how many files and directories it may have
 * @param processes how many processes and threads at once
 * @param wall from its start; then it is killed
 * @param log bytes of stdout, stderr and progress together; what was said up to there is kept, the
 *     run is killed, and what still follows is read and dropped
 * @param output bytes of its output
 * @param cpuTime processor time of all its processes together, or null for what the wall clock and
 *     the quota leave
 */
public record Limits(
    Cpu cpu,
    @Nullable Cpu cpuQuota,
    ByteSize memory,
    ByteSize disk,
    int files,
    int processes,
    Duration wall,
    ByteSize log,
    ByteSize output,
    @Nullable Duration cpuTime) {
  /** Limits without one of processor time. */
  public Limits(
      Cpu cpu,
      @Nullable Cpu cpuQuota,
      ByteSize memory,
      ByteSize disk,
      int files,
      int processes,
      Duration wall,
      ByteSize log,
      ByteSize output) {
    this(cpu, cpuQuota, memory, disk, files, processes, wall, log, output, null);
  }

  /** What an environment is made for. */
  public Room room() {
    return new Room(cpu, cpuQuota, memory, disk, files, processes);
  }
}
