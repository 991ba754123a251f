package io.taskwright.model.protocol;

import io.taskwright.model.execution.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended. Without output and failure it was stopped.
 *
 * @param number like a report's: what it says is taken once
 * @param said what was not reported yet
 * @param output one JSON value
 * @param environment the name of where it ran
 * @param wallMillis from the start of its environment to its end
 * @param cpuMillis processor time of all its processes
 * @param peakMemory bytes
 */
public record AttemptEnd(
    long number,
    List<Said> said,
    @Nullable String output,
    @Nullable Failure failure,
    @Nullable String environment,
    long wallMillis,
    long cpuMillis,
    long peakMemory) {
  public AttemptEnd {
    said = List.copyOf(said);
  }
}
