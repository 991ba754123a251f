package io.taskwright.bench;

import io.taskwright.bench.report.Report;
import io.taskwright.bench.report.ResultFile;
import io.taskwright.bench.report.Table;
import io.taskwright.testkit.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both benchmarks can be told. */
final class BenchOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      converter = Count.class,
      description = "How often each subject has its turn. Default: 3")
  private int rounds;

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

  int rounds() {
    return rounds;
  }

  int port() {
    return port;
  }

  /** Prints the report and keeps it. */
  void publish(Report report, PrintWriter out) throws IOException {
    String file = (name == null ? report.benchmark() : name) + ".json";
    Path folder = Path.of("bench", "results");
    ResultFile.write(Checkout.root().resolve(folder).resolve(file), report);
    out.println(Table.of(report) + "kept in " + folder.resolve(file));
    out.flush();
  }
}
