package io.taskwright.sandbox;

import io.taskwright.model.ByteSize;
import java.time.Duration;

/**
 * What a run used.
 *
 * @param wall from the start of its environment to its end
 * @param cpu processor time of all its processes
 * @param peakMemory the most memory that its environment held at once, files included
 */
public record Usage(Duration wall, Duration cpu, ByteSize peakMemory) {
  /** Nothing was used: the run never started. */
  public static final Usage NONE = new Usage(Duration.ZERO, Duration.ZERO, new ByteSize(0));
}
