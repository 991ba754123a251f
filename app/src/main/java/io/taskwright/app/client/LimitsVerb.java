package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.ProjectLimits;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code limits}: shows what the project may have of executions in all, and changes it. */
@Command(
    name = "limits",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the project may have of executions in all, and changes what is given.",
      "For administrators. 0 takes a limit away."
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
public final class LimitsVerb implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "How many are dispatched and have not ended; the rest waits.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--quota",
      paramLabel = "N",
      description = "How many are accepted and have not ended; more are refused.")
  private @Nullable Integer quota;

  @Option(
      names = "--starts-per-minute",
      paramLabel = "N",
      description = "How many are accepted in a minute; more are refused.")
  private @Nullable Integer startsPerMinute;

  @Override
  public Integer call() {
    try (TaskwrightClient client = service.client()) {
      ProjectLimits limits = client.limits().get();
      ProjectLimits wanted = limits;
      wanted = inFlight == null ? wanted : wanted.with("inFlight", inFlight);
      wanted = quota == null ? wanted : wanted.with("quota", quota);
      wanted = startsPerMinute == null ? wanted : wanted.with("startsPerMinute", startsPerMinute);
      print(wanted.equals(limits) ? limits : client.limits().set(wanted));
    }
    return ExitCode.DONE;
  }

  private void print(ProjectLimits limits) {
    Table table = new Table("LIMIT", "AT MOST", "NOW");
    for (String name : ProjectLimits.NAMES) {
      table.row(
          name,
          limits.limit(name).isPresent()
              ? Integer.toString(limits.limit(name).getAsInt())
              : "no limit",
          limits.used(name).isPresent() ? Long.toString(limits.used(name).getAsLong()) : "");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(output.text(limits.json(), table::text));
    out.flush();
  }
}
