package io.taskwright.bench.report;

import io.taskwright.bench.cost.Cost.Payer;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as people read it. */
public final class Table {
  private static final String HEAD =
      """
                       executions    latency, ms        processor time, ms per execution                                     others
      subject              /s  /min      p50     p99  temporal pg-temporal pg-ours  server sandbox   bench     jit     all    cores
      """;

  private Table() {}

  /** Writes it. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %d at once, %d rounds after a warm-up of %d%n"
            .formatted(
                report.benchmark(),
                report.clients(),
                report.series().getFirst().rounds().size(),
                report.warmUp()));
    text.append(HEAD);
    report.series().forEach(series -> text.append(row(series)));
    report.series().forEach(series -> text.append(rounds(series)));
    report.goals().forEach(goal -> text.append(goal(goal)));
    return text.toString();
  }

  private static String row(Series series) {
    return "%-14s %8.1f %5.0f %8.1f %7.1f  %8.1f %11.1f %7.1f %7.1f %7.1f %7.1f %7.1f %7.1f %8.2f%n"
        .formatted(
            series.subject(),
            series.rate(),
            series.rate() * 60,
            series.percentileMillis(0.5),
            series.percentileMillis(0.99),
            series.costMillis(Payer.TEMPORAL),
            series.costMillis(Payer.POSTGRES_TEMPORAL),
            series.costMillis(Payer.POSTGRES_TASKWRIGHT),
            series.costMillis(Payer.SERVER),
            series.costMillis(Payer.SANDBOXES),
            series.costMillis(Payer.BENCH),
            series.costMillis(Payer.COMPILERS),
            all(series),
            series.cores(Payer.OTHERS));
  }

  /** Of everything that takes part. */
  private static double all(Series series) {
    double all = 0;
    for (Payer payer : Payer.values()) {
      all += payer == Payer.OTHERS ? 0 : series.costMillis(payer);
    }
    return all;
  }

  private static String rounds(Series series) {
    String rates =
        series.rates().stream()
            .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
            .collect(Collectors.joining(", "));
    return "rounds of %s: %s /s%n".formatted(series.subject(), rates);
  }

  private static String goal(Report.Goal goal) {
    return "%s: %.2f%s, goal at least %.2f: %s%n"
        .formatted(
            goal.name(),
            goal.measured(),
            goal.unit().isEmpty() ? "" : " " + goal.unit(),
            goal.least(),
            goal.reached() ? "reached" : "NOT reached");
  }
}
