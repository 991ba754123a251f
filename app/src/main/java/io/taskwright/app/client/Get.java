package io.taskwright.app.client;

import io.taskwright.app.terminal.Paint;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.Execution;
import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code get}: shows one task or one execution; its own verbs show lists. */
@Command(
    name = "get",
    description = "Shows an execution, a task, or a list of them.",
    subcommands = {
      GetTasks.class,
      GetVersions.class,
      GetExecutions.class,
      GetArtifacts.class,
      GetPools.class
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:it is shown", "2:there is no such thing", "4:the service cannot be reached"})
public final class Get implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "ID_OR_NAME",
      arity = "0..1", // lists have none
      description =
          "An execution's id, or a task's name or id. For lists say tasks, executions or pools.")
  private String subject = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The task's version. Default: the latest")
  private @Nullable Integer version;

  @Override
  public Integer call() {
    if (subject.isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Say what to show: an id, a name, tasks, versions, executions, artifacts or pools.");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (TaskwrightClient client = service.client()) {
      Optional<Execution> execution =
          ExecutionId.parse(subject).flatMap(id -> client.executions().find(id));
      out.print(execution.isPresent() ? text(execution.get()) : text(task(client)));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private Task task(TaskwrightClient client) {
    return client
        .tasks()
        .get(subject, version == null ? OptionalInt.empty() : OptionalInt.of(version));
  }

  private String text(Execution execution) {
    if (version != null) {
      throw new Misuse("--version goes with a task, and %s is an execution.".formatted(subject));
    }
    Paint paint = new Paint(Terminal.out().colored());
    return output.text(
        execution.json(),
        width -> ExecutionText.of(execution, TimeOfDay.here(), paint, service.again()));
  }

  private String text(Task task) {
    return output.text(task.json(), width -> TaskText.of(task, TimeOfDay.here()));
  }
}
