package io.taskwright.bench;

import io.taskwright.bench.load.Load;
import io.taskwright.bench.report.Machine;
import io.taskwright.bench.report.Report;
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

/** {@code bench latency}: how long one execution takes when it is alone. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "How long one execution takes from its start to its end when it is alone.")
final class Latency implements Callable<Integer> {
  /** Half a second alone does not warm a virtual machine up; a crowd does. */
  private static final Load WARM_UP = new Load(300, 8);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--executions",
      paramLabel = "N",
      defaultValue = "100",
      converter = Count.class,
      description = "Of each subject in each round. Default: 100")
  private int executions;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    double loadBefore = Machine.load();
    try (Site site = new Site(options.port())) {
      List<Series> series =
          new Comparison(
                  WARM_UP, new Load(executions, 1), options.rounds(), spec.commandLine().getErr())
              .of(site.subjects(), site.meter());
      Machine machine = Machine.here(loadBefore, site.status());
      options.publish(new Report("latency", machine, 1, series, List.of()), out);
    }
    return 0;
  }
}
