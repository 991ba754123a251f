package io.taskwright.bench.start;

import io.taskwright.bench.report.Report.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows as people read them, and what they shall reach. */
final class StartTable {
  private static final String HEAD =
      """
                           first line, ms: p50 (p99)                                      whole run, ms: p50     50 at once   refill   idle
      sandbox              bare          docker run    cold           warm             bare    cold    warm     ms    p99 ms     /s    MiB
      """;

  private StartTable() {}

  static String of(List<Row> rows, List<Goal> goals) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-19s %s %s %s %s %8.1f %7.1f %7.1f %7.0f %8.0f %7.1f %6.1f%n",
              row.backEnd() + " " + row.runtime(),
              both(row.bare()),
              both(row.dockerRun()),
              both(row.cold()),
              both(row.warm()),
              row.bare().wholeP50(),
              row.cold().wholeP50(),
              row.warm().wholeP50(),
              row.burstMillis(),
              row.burst().p99(),
              row.refillPerSecond(),
              row.idleMib()));
    }
    goals.forEach(goal ->
        text.append(
            String.format(
                Locale.ROOT,
                "%s: %.2f%s, goal at least %.2f: %s%n",
                goal.name(),
                goal.measured(),
                goal.unit(),
                goal.least(),
                goal.reached() ? "reached" : "NOT reached")));
    return text.toString();
  }

  /** As shares of what is allowed, so that more is better. */
  static List<Goal> goals(List<Row> rows) {
    List<Goal> goals = new ArrayList<>();
    for (Row row : rows) {
      String name = row.backEnd() + " " + row.runtime();
      boolean docker = row.backEnd().equals("docker");
      double warm = docker ? 40 : row.runtime().equals("node") ? 60 : 10;
      if (!row.runtime().equals("java")) {
        goals.add(
            within(
                name + " warm",
                row.warm().p50(),
                docker && row.runtime().equals("node") ? 60 : warm));
        if (!docker && !row.runtime().equals("node")) {
          goals.add(within(name + " cold", row.cold().p50(), 30));
        }
        if (!row.dockerRun().firstLine().isEmpty()) {
          double times = row.dockerRun().p50() / row.warm().p50();
          goals.add(new Goal(name + " warm, times faster than docker run", "", times, 10));
        }
      }
    }
    return goals;
  }

  private static Goal within(String name, double millis, double most) {
    return new Goal("%s, %.0f ms over the measured".formatted(name, most), "", most / millis, 1);
  }

  private static String both(Taken taken) {
    return taken.firstLine().isEmpty()
        ? "%-14s".formatted("-")
        : "%-14s".formatted(String.format(Locale.ROOT, "%.1f (%.1f)", taken.p50(), taken.p99()));
  }
}
