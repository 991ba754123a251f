package io.taskwright.app.client;

import io.taskwright.client.Execution;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retry}: tries again what failed. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Tries again what failed or was cancelled, as it was, and prints the new execution's id.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:accepted",
      "2:there is no such execution, it has not ended, or nothing failed",
      "4:the service cannot be reached"
    })
public final class Retry implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", converter = Ids.class, description = "The ended execution's id.")
  private @Nullable ExecutionId id;

  @Override
  public Integer call() {
    try (TaskwrightClient client = service.client()) {
      String key = UUID.randomUUID().toString();
      Execution made = client.executions().retry(Objects.requireNonNull(id), key);
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(output.text(made.json(), width -> made.id() + "\n"));
      out.flush();
      return ExitCode.DONE;
    }
  }
}
