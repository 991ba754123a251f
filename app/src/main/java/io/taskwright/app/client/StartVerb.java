package io.taskwright.app.client;

import io.taskwright.app.terminal.Paint;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.Ending;
import io.taskwright.client.Execution;
import io.taskwright.client.Preview;
import io.taskwright.client.Start;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
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

/** {@code start}: starts a task that the service has. */
@Command(
    name = "start",
    description = "Starts a task and prints the execution's id.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:accepted, or would be (with --preview); with --wait also COMPLETED, or not ended yet",
      "1:FAILED (with --wait)",
      "2:the arguments or the input are wrong, or REJECTED",
      "3:CANCELLED (with --wait)",
      "4:the service cannot be reached"
    })
public final class StartVerb implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private StartOptions options = new StartOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "NAME", description = "The task's name or id.")
  private String task = "";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "Wait so long for its end, at most 60.")
  private int wait;

  @Option(
      names = "--start-at",
      paramLabel = "TIME",
      converter = Times.class,
      description = "Not before, such as 2026-03-01T12:00:00Z.")
  private @Nullable Instant startAt;

  @Option(names = "--preview", description = "Say what it would do, and start nothing.")
  private boolean preview;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      Start start = options.start(Optional.ofNullable(startAt), Duration.ofSeconds(wait));
      if (preview) {
        Preview would = client.executions().preview(task, options.withFiles(client, start));
        Paint paint = new Paint(Terminal.out().colored());
        out.print(output.text(would.json(), width -> PreviewText.of(would, paint)));
        out.flush();
        return would.valid() ? ExitCode.DONE : ExitCode.REFUSED;
      }
      Execution execution = client.executions().start(task, options.withFiles(client, start));
      out.print(output.text(execution.json(), width -> execution.id() + "\n"));
      out.flush();
      Optional<Ending> ending = execution.ending();
      ending.ifPresent(end ->
          err.println(
              EndText.of(execution, end, new Paint(Terminal.err().colored()), service.again())));
      if (ending.isEmpty() && wait > 0) {
        err.println("It has not ended yet; it goes on.");
      }
      err.flush();
      return ending.map(ExitCode::of).orElse(ExitCode.DONE);
    }
  }
}
