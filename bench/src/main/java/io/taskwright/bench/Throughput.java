package io.taskwright.bench;

import io.taskwright.bench.load.Load;
import io.taskwright.bench.report.Machine;
import io.taskwright.bench.report.Ratio;
import io.taskwright.bench.report.Report;
import io.taskwright.bench.report.Report.Goal;
import io.taskwright.bench.report.Series;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench throughput}: how many executions end in a second. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = "How many executions end in a second, with many clients at once.")
final class Throughput implements Callable<Integer> {
  /** Fewer leave the compilers of the virtual machines at work while it is measured. */
  private static final int WARM_UP = 400;

  private static final double LEAST_SHARE_OF_RAW = 0.6;
  private static final double LEAST_PYTHON_PER_MINUTE = 1000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--executions",
      paramLabel = "N",
      defaultValue = "200",
      converter = Count.class,
      description = "Of each subject in each round. Default: 200")
  private int executions;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "16",
      converter = Count.class,
      description = "How many executions are under way at once. Default: 16")
  private int clients;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    double loadBefore = Machine.load();
    try (Site site = new Site(options.port())) {
      Load load = new Load(executions, clients);
      List<Series> series =
          new Comparison(
                  new Load(WARM_UP, clients), load, options.rounds(), spec.commandLine().getErr())
              .of(site.subjects(), site.meter());
      Machine machine = Machine.here(loadBefore, site.status());
      options.publish(new Report("throughput", machine, clients, series, goals(series)), out);
    }
    return 0;
  }

  /** The order of the series is that of the site's subjects. */
  private static List<Goal> goals(List<Series> series) {
    Ratio ratio = new Ratio(series.get(1), series.get(0));
    return List.of(
        new Goal("in-process as a share of raw", "", ratio.median(), LEAST_SHARE_OF_RAW),
        new Goal("python", "per minute", series.get(3).rate() * 60, LEAST_PYTHON_PER_MINUTE));
  }
}
