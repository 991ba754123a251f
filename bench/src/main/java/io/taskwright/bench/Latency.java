package io.taskwright.bench;

import io.taskwright.bench.load.Load;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench latency}: how long one execution takes when it is alone. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "How long one execution takes from its start to its end when it is alone.")
final class Latency implements Callable<Integer> {
  @Mixin private Plan plan = new Plan();

  @Option(
      names = "--executions",
      paramLabel = "N",
      defaultValue = "100",
      converter = Count.class,
      description = "Of each subject in each round. Default: 100")
  private int executions;

  @Override
  public Integer call() throws InterruptedException, IOException {
    plan.carryOut("latency", new Load(executions, 1), series -> List.of());
    return 0;
  }
}
