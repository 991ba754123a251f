package io.taskwright.model.definition;

import io.taskwright.model.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt may use. The defaults stand in {@link #DEFAULT}.
 *
 * @param cpu the share of the processor that is kept for it; it may use up to one core while others
 *     leave time
 * @param cpuLimit a hard upper bound on processor time, or null for the burst of one core
 * @param memory all memory of all its processes together, files not counted
 * @param disk what its files may take
 * @param timeout wall-clock time of one attempt; then it is killed
 * @param maxMemory the most memory that attempts may get after one that {@code memory} was too
 *     small for; not less than {@code memory}
 * @param cpuTime processor time of one attempt, all its processes together; null for what {@code
 *     timeout} and the bound on its share leave
 */
public record ResourceRequirements(
    Cpu cpu,
    @Nullable Cpu cpuLimit,
    ByteSize memory,
    ByteSize disk,
    Duration timeout,
    ByteSize maxMemory,
    @Nullable Duration cpuTime) {
  /** What a definition that says nothing gets. */
  public static final ResourceRequirements DEFAULT =
      new ResourceRequirements(
          new Cpu(100),
          null,
          ByteSize.ofMebibytes(128),
          ByteSize.ofMebibytes(500),
          Duration.ofMinutes(5));

  /** Requirements of which each attempt gets the same. */
  public ResourceRequirements(
      Cpu cpu, @Nullable Cpu cpuLimit, ByteSize memory, ByteSize disk, Duration timeout) {
    this(cpu, cpuLimit, memory, disk, timeout, memory, null);
  }

  /**
   * The memory of an attempt that follows one for which this much was too little: twice as much, up
   * to {@code maxMemory}.
   */
  public ByteSize moreMemoryThan(ByteSize tooLittle) {
    ByteSize twice = tooLittle.plus(tooLittle);
    return twice.compareTo(maxMemory) < 0 ? twice : maxMemory;
  }

  /** The longest that code may run inside a worker's own process. */
  public static final Duration IN_PROCESS_TIMEOUT = Duration.ofSeconds(5);
}
