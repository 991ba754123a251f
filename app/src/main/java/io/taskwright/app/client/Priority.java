package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code priority}: changes an execution's place among those that wait. */
@Command(
    name = "priority",
    mixinStandardHelpOptions = true,
    description = "Changes an execution's place among those that wait.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:there is no such execution, it has ended, or the number is not from 1 to 5",
      "4:the service cannot be reached"
    })
public final class Priority implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = Ids.class,
      description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Parameters(index = "1", paramLabel = "N", description = "1 (first) to 5.")
  private int priority;

  @Override
  public Integer call() {
    ExecutionId execution = Objects.requireNonNull(id);
    try (TaskwrightClient client = service.client()) {
      String status = client.executions().prioritize(execution, priority);
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .println(
              status.equals("RECEIVED") || status.equals("PAUSED")
                  ? "Its priority is " + priority + " now."
                  : "It is " + status + " already; its priority changes nothing any more.");
      return ExitCode.DONE;
    }
  }
}
