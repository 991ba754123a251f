package io.taskwright.app.command;

import io.taskwright.app.machine.Obstacle;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person what stood in the way; only what nobody foresaw is shown with its trace. */
public final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof Obstacle) {
      command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw e;
  }
}
