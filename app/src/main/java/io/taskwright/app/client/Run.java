package io.taskwright.app.client;

import io.taskwright.app.command.PortOption;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.Interrupts;
import io.taskwright.app.terminal.LiveLines;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.Ending;
import io.taskwright.client.Execution;
import io.taskwright.client.Executions;
import io.taskwright.client.Start;
import io.taskwright.client.Strictness;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.definition.Applied;
import io.taskwright.client.definition.Applying;
import io.taskwright.client.definition.DefinitionFile;
import io.taskwright.model.ExecutionId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: a task from its definition to its output. */
@Command(
    name = "run",
    description = {
      "Runs a task: brings its definition to the service if a file is named, starts it, shows its"
          + " log and progress on stderr, and prints its output on stdout.",
      "Starts the service on this machine if none runs."
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:COMPLETED",
      "1:FAILED",
      "2:the arguments, the definition or the input are wrong, or REJECTED",
      "3:CANCELLED",
      "4:the service cannot be reached",
      "130:Ctrl-C twice; its end was asked for, and not waited for"
    })
public final class Run implements Callable<Integer> {
  private final JavaProgram program;

  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private StartOptions options = new StartOptions();

  @Parameters(
      paramLabel = "FILE_OR_NAME",
      description = "A definition (YAML or JSON), a folder with a task.yaml, or a task's name.")
  private String subject = "";

  @Mixin private PortOption port = new PortOption();

  @Option(
      names = "--no-wait",
      description = "Print the execution's id and do not wait for its end.")
  private boolean noWait;

  public Run(JavaProgram program) {
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    LiveLines lines = new LiveLines(spec.commandLine().getErr(), Terminal.err());
    Start start = options.start(Optional.empty(), Duration.ZERO);
    Optional<DefinitionFile> file =
        switch (Subject.of(subject)) {
          case Subject.InFile(Path path) -> Optional.of(DefinitionFile.read(path));
          case Subject.Named named -> Optional.empty();
        };
    if (file.isPresent() && options.namesVersion()) {
      throw new Misuse("--version goes with a task's name, not with a file.");
    }
    try (TaskwrightClient client =
        new TaskwrightClient(
            new ReadyService(service.search(), port.number(), program).endpoint(lines::line))) {
      Execution execution =
          file.isPresent()
              ? start(client, file.get(), options.withFiles(client, start), lines)
              : client.executions().start(subject, options.withFiles(client, start));
      lines.line("execution " + execution.id());
      if (noWait) {
        out.println(execution.id());
        out.flush();
        return ExitCode.DONE;
      }
      return show(watch(client, execution.id(), lines), lines, out);
    }
  }

  private static Execution start(
      TaskwrightClient client, DefinitionFile file, Start start, LiveLines lines) {
    Applied applied =
        Refusals.apply(
            new Applying(client),
            file,
            DefinitionFiles.nameOf(file.path(), file.path()),
            Strictness.NONE);
    lines.line(
        "task %s, version %d (%s)"
            .formatted(applied.task().name(), applied.task().version(), AppliedText.of(applied)));
    return client
        .executions()
        .start(applied.task().id(), start.ofVersion(applied.task().version()));
  }

  private Execution watch(TaskwrightClient client, ExecutionId id, LiveLines lines) {
    Interrupts.tell(times -> interrupted(client, id, lines, times));
    return new Watching(client, lines, TimeOfDay.here()).toEnd(id);
  }

  private void interrupted(TaskwrightClient client, ExecutionId id, LiveLines lines, int times) {
    if (times > 1) {
      lines.end();
      lines.line("Its end was asked for. See: taskwright get %s%s".formatted(id, service.again()));
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    lines.line("Cancelling %s. Ctrl-C again does not wait for its end.".formatted(id));
    Thread.ofVirtual().start(() -> cancel(client, id, lines));
  }

  private static void cancel(TaskwrightClient client, ExecutionId id, LiveLines lines) {
    try {
      client.executions().command(id, Executions.Command.CANCEL, "Ctrl-C");
    } catch (RuntimeException e) {
      lines.line("It could not be cancelled: " + e.getMessage());
    }
  }

  private int show(Execution execution, LiveLines lines, PrintWriter out) {
    Ending ending = execution.ending().orElseThrow();
    lines.line(EndText.of(execution, ending, lines.paint(), service.again()));
    if (ending instanceof Ending.Completed(var output)) {
      out.print(Documents.json(output));
      out.flush();
    }
    return ExitCode.of(ending);
  }
}
