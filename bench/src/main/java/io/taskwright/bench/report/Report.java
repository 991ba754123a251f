package io.taskwright.bench.report;

import java.util.List;

/**
 * One run of a benchmark.
 *
 * @param benchmark throughput or latency
 * @param clients how many executions were under way at once
 * @param warmUp executions of each subject that went before and do not count
 * @param series in the order of their making within a round
 * @param goals that are judged by it; none if empty
 */
public record Report(
    String benchmark,
    Machine machine,
    int clients,
    int warmUp,
    List<Series> series,
    List<Goal> goals) {
  /**
   * Something that shall be reached.
   *
   * @param measured what was
   * @param least what shall be
   */
  public record Goal(String name, String unit, double measured, double least) {
    /** Whether it is reached. */
    public boolean reached() {
      return measured >= least;
    }
  }

  public Report {
    series = List.copyOf(series);
    goals = List.copyOf(goals);
  }
}
