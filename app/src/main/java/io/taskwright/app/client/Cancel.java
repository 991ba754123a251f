package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cancel}: asks for an execution's end. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Asks for an execution's end. Its work may clean up first.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the service will end it",
      "2:there is no such execution, or it had ended before",
      "4:the service cannot be reached"
    })
public final class Cancel implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "ID", converter = Ids.class, description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "";

  @Override
  public Integer call() {
    ExecutionId execution = Objects.requireNonNull(id);
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      return switch (client.executions().cancel(execution, reason)) {
        case REQUESTED -> {
          err.println("Its end was asked for. See: taskwright get " + execution + service.again());
          yield ExitCode.DONE;
        }
        case ENDED_BEFORE -> {
          err.println(
              "It had ended before; nothing was changed. See: taskwright get "
                  + execution
                  + service.again());
          yield ExitCode.REFUSED;
        }
      };
    }
  }
}
