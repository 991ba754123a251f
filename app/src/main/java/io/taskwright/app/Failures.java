package io.taskwright.app;

import io.taskwright.app.client.Misuse;
import io.taskwright.app.client.Refusals;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.client.ProblemException;
import io.taskwright.client.UnreachableException;
import io.taskwright.client.definition.DefinitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person what stood in the way; only what nobody foresaw is shown with its trace. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    return switch (e) {
      case Obstacle obstacle -> told(command, obstacle.getMessage(), onObstacle(command));
      case Misuse misuse -> told(command, misuse.getMessage(), CommandLine.ExitCode.USAGE);
      case DefinitionException wrong ->
          told(command, wrong.getMessage(), CommandLine.ExitCode.USAGE);
      case UnreachableException away -> told(command, away.getMessage(), onObstacle(command));
      case ProblemException refused ->
          told(
              command,
              Refusals.text(refused.problem()),
              refused.problem().ofServer() ? onObstacle(command) : CommandLine.ExitCode.USAGE);
      default -> throw e;
    };
  }

  private static int onObstacle(CommandLine command) {
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static int told(CommandLine command, @Nullable String message, int code) {
    command.getErr().println(command.getColorScheme().errorText(String.valueOf(message)));
    return code;
  }
}
