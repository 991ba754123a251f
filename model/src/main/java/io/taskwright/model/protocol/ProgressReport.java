package io.taskwright.model.protocol;

import java.util.List;

/**
 * What a running program said since the last report.
 *
 * @param number 1 for the first report of the attempt, one more for each; one that was taken before
 *     counts once
 */
public record ProgressReport(long number, List<Said> said) {
  public ProgressReport {
    said = List.copyOf(said);
  }
}
