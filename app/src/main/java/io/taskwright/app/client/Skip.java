package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skip}: gives the output of an execution in place of its work. */
@Command(
    name = "skip",
    mixinStandardHelpOptions = true,
    description =
        "Ends an execution COMPLETED with an output that you give. Its work is not done, or"
            + " killed.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it is COMPLETED",
      "2:there is no such execution, it has ended, or the output is not what the task promises",
      "4:the service cannot be reached"
    })
public final class Skip implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "ID", converter = Ids.class, description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "JSON",
      description = "The output, as JSON; @FILE reads it from a file, @- from stdin.")
  private String output = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "";

  @Override
  public Integer call() {
    ExecutionId execution = Objects.requireNonNull(id);
    try (TaskwrightClient client = service.client()) {
      client.executions().skip(execution, JsonArgument.read("--output", output), reason);
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .println("It is COMPLETED now. See: taskwright get " + execution + service.again());
      return ExitCode.DONE;
    }
  }
}
