package io.taskwright.app.client;

import io.taskwright.client.Execution;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rerun}: does an ended execution again. */
@Command(
    name = "rerun",
    description =
        "Does an ended execution again, perhaps with another input or version, and prints the new"
            + " one's id.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:accepted",
      "2:there is no such execution, it has not ended, or the input is wrong",
      "4:the service cannot be reached"
    })
public final class Rerun implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private InputOption input = new InputOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", converter = Ids.class, description = "The ended execution's id.")
  private @Nullable ExecutionId id;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The task's version, or latest. Default: the same")
  private @Nullable String version;

  @Override
  public Integer call() {
    try (TaskwrightClient client = service.client()) {
      String key = UUID.randomUUID().toString();
      Execution made =
          client
              .executions()
              .rerun(Objects.requireNonNull(id), input.json(), Optional.ofNullable(version), key);
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(output.text(made.json(), width -> made.id() + "\n"));
      out.flush();
      return ExitCode.DONE;
    }
  }
}
