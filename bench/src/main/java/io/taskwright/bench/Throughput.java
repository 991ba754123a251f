package io.taskwright.bench;

import io.taskwright.bench.load.Load;
import io.taskwright.bench.report.Ratio;
import io.taskwright.bench.report.Report.Goal;
import io.taskwright.bench.report.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench throughput}: how many executions end in a second. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = "How many executions end in a second, with many clients at once.")
final class Throughput implements Callable<Integer> {
  private static final double LEAST_SHARE_OF_RAW = 0.6;
  private static final double LEAST_PYTHON_SHARE_OF_RAW = 0.4;
  private static final double LEAST_PYTHON_PER_MINUTE = 1000;

  @Mixin private Plan plan = new Plan();

  @Option(
      names = "--executions",
      paramLabel = "N",
      defaultValue = "300",
      converter = Count.class,
      description = "Of each subject in each round. Default: 300")
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
    plan.carryOut("throughput", new Load(executions, clients), Throughput::goals);
    return 0;
  }

  private static List<Goal> goals(List<Series> series) {
    Map<String, Series> named =
        series.stream().collect(Collectors.toMap(Series::subject, Function.identity()));
    List<Goal> goals = new ArrayList<>();
    Series raw = named.get("raw-local");
    Series inProcess = named.get("in-process");
    if (raw != null && inProcess != null) {
      double share = new Ratio(inProcess, raw).median();
      goals.add(new Goal("in-process as a share of raw", "", share, LEAST_SHARE_OF_RAW));
    }
    Series python = named.get("python");
    Series rawPool = named.get("raw-pool");
    if (python != null && rawPool != null) {
      double share = new Ratio(python, rawPool).median();
      goals.add(new Goal("python as a share of raw", "", share, LEAST_PYTHON_SHARE_OF_RAW));
    }
    if (python != null) {
      goals.add(new Goal("python", "per minute", python.rate() * 60, LEAST_PYTHON_PER_MINUTE));
    }
    return goals;
  }
}
