package io.taskwright.bench;

import io.taskwright.bench.limit.Limits;
import io.taskwright.bench.start.Sandboxes;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code taskwright bench}. */
@Command(
    name = "taskwright bench",
    mixinStandardHelpOptions = true,
    subcommands = {Throughput.class, Latency.class, Sandboxes.class, Limits.class},
    description = {
      "Measures Taskwright beside plain Temporal, on an installation of its own.",
      "bench/README.md says how to read the numbers."
    })
public final class Bench {
  private Bench() {}

  /** Runs the benchmark that the arguments name. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Bench());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((error, command, parsed) -> {
      command.getErr().println("The benchmark failed: " + error.getMessage());
      command.getErr().flush();
      return 1;
    });
    System.exit(line.execute(args)); // Temporal's threads would hold the process
  }
}
