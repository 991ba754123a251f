package io.taskwright.bench;

import io.taskwright.bench.load.Load;
import io.taskwright.bench.report.Machine;
import io.taskwright.bench.report.Report;
import io.taskwright.bench.report.ResultFile;
import io.taskwright.bench.report.Series;
import io.taskwright.bench.report.Table;
import io.taskwright.bench.subject.RawShape;
import io.taskwright.testkit.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What both benchmarks can be told, and how they are made. */
final class Plan {
  /** One client alone warms a virtual machine up slowly. */
  private static final int WARM_UP_CLIENTS = 16;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      converter = Count.class,
      description = "How often each subject has its turn. Default: 3")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1000",
      converter = Count.class,
      description = "Executions of each subject before the first round. Default: 1000")
  private int warmUp;

  @Option(
      names = "--only",
      paramLabel = "SHAPE",
      description = "Compare this shape alone: local or pool. Default: both")
  private @Nullable RawShape shape;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port of the installation that is measured. Default: a free one")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of the file in bench/results. Default: the benchmark's")
  private @Nullable String name;

  /**
   * Sets an installation up, measures it, prints the report and keeps it.
   *
   * @param load of each subject in each round
   * @param goals judges what was measured
   */
  void carryOut(String benchmark, Load load, Function<List<Series>, List<Report.Goal>> goals)
      throws InterruptedException, IOException {
    double loadBefore = Machine.load();
    try (Site site = new Site(port)) {
      List<Series> series =
          new Comparison(new Load(warmUp, WARM_UP_CLIENTS), load, rounds, line().getErr())
              .of(site.subjects(shape), site.meter());
      Machine machine = Machine.here(loadBefore, site.status());
      publish(
          new Report(benchmark, machine, load.clients(), warmUp, series, goals.apply(series)),
          line().getOut());
    }
  }

  private void publish(Report report, PrintWriter out) throws IOException {
    String file = (name == null ? report.benchmark() : name) + ".json";
    Path folder = Path.of("bench", "results");
    ResultFile.write(Checkout.root().resolve(folder).resolve(file), report);
    out.println(Table.of(report) + "kept in " + folder.resolve(file));
    out.flush();
  }

  private picocli.CommandLine line() {
    return Objects.requireNonNull(command).commandLine();
  }
}
