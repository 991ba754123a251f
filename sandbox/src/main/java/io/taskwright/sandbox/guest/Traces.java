package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.egress.Denied;
import java.time.Duration;
import java.util.List;

/**
 * What the host counted while an environment lived.
 *
 * @param outOfMemory whether the kernel killed a process of it because its memory was used up
 * @param outOfProcesses whether it was refused a process or thread
 * @param peakMemory the most memory at once, files included
 * @param cpu processor time of everything in it
 * @param denied the first connections that its way out refused
 */
public record Traces(
    boolean outOfMemory,
    boolean outOfProcesses,
    ByteSize peakMemory,
    Duration cpu,
    List<Denied> denied) {
  public Traces {
    denied = List.copyOf(denied);
  }

  /** Of an environment without a way out. */
  public Traces(boolean outOfMemory, boolean outOfProcesses, ByteSize peakMemory, Duration cpu) {
    this(outOfMemory, outOfProcesses, peakMemory, cpu, List.of());
  }

  /** With what its way out refused. */
  public Traces withDenied(List<Denied> refused) {
    return new Traces(outOfMemory, outOfProcesses, peakMemory, cpu, refused);
  }
}
