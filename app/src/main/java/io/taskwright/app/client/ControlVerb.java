package io.taskwright.app.client;

import io.taskwright.client.Executions;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cancel}, {@code terminate}, {@code pause}, {@code resume}: what is done to a run. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done, or the service will do it",
      "2:there is no such execution, or it is not in a status for this",
      "4:the service cannot be reached"
    })
public final class ControlVerb implements Callable<Integer> {
  private final Executions.Command command;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "ID", converter = Ids.class, description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "";

  private ControlVerb(Executions.Command command) {
    this.command = command;
  }

  /** The verb for a command. */
  public static CommandLine of(Executions.Command command) {
    CommandLine line = new CommandLine(new ControlVerb(command));
    line.getCommandSpec()
        .name(command.name().toLowerCase(Locale.ROOT))
        .usageMessage()
        .description(description(command));
    return line;
  }

  private static String description(Executions.Command command) {
    return switch (command) {
      case CANCEL -> "Asks for an execution's end. Its work may clean up first.";
      case TERMINATE -> "Ends an execution at once. Its work is killed.";
      case PAUSE ->
          "Holds an execution: no attempt begins, and it does not end, until it is resumed. An"
              + " attempt that is under way goes on.";
      case RESUME -> "Lets a paused execution go on.";
    };
  }

  @Override
  public Integer call() {
    ExecutionId execution = Objects.requireNonNull(id);
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      String status = client.executions().command(execution, command, reason);
      String said =
          switch (command) {
            case CANCEL -> "Its end was asked for.";
            case TERMINATE, PAUSE, RESUME -> "It is " + status + " now.";
          };
      err.println(said + " See: taskwright get " + execution + service.again());
      return ExitCode.DONE;
    }
  }
}
