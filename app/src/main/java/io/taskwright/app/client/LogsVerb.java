package io.taskwright.app.client;

import io.taskwright.app.terminal.OutputForm;
import io.taskwright.app.terminal.Paint;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.LogEntry;
import io.taskwright.client.LogFilter;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
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

/** {@code logs}: what executions said. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows the log of one execution, or of many.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all is shown",
      "2:there is no such execution",
      "4:the service cannot be reached"
    })
public final class LogsVerb implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private SpanOption span = new SpanOption();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      converter = Ids.class,
      description = "The execution's id. Default: all executions")
  private @Nullable ExecutionId id;

  @Option(
      names = {"-f", "--follow"},
      description = "Show all of its log from the beginning, and go on until it ends.")
  private boolean follow;

  @Option(names = "--task", paramLabel = "NAME", description = "Only of this task.")
  private @Nullable String task;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      split = ",",
      description = "Only these: DEBUG, INFO, WARN, ERROR. May be given more than once.")
  private List<LogLevel> levels = List.of();

  @Option(names = "-q", paramLabel = "TEXT", description = "Only lines that contain it.")
  private @Nullable String text;

  @Option(
      names = "--tail",
      paramLabel = "N",
      defaultValue = "1000",
      converter = LimitOption.CountConverter.class,
      description = "How many lines at most, the last ones. Default: 1000")
  private int tail;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, json (one value a line) or yaml. Default: table")
  private OutputForm form = OutputForm.TABLE;

  @Override
  public Integer call() {
    LogPrinter printer =
        new LogPrinter(
            Objects.requireNonNull(spec).commandLine().getOut(),
            form,
            TimeOfDay.here(),
            new Paint(Terminal.out().colored()));
    try (TaskwrightClient client = service.client()) {
      if (follow) {
        follow(client, printer);
      } else {
        last(client).forEach(printer::print);
      }
    }
    return ExitCode.DONE;
  }

  private void follow(TaskwrightClient client, LogPrinter printer) {
    if (id == null || text != null || span.since().isPresent() || span.until().isPresent()) {
      throw new Misuse("-f follows one execution, and goes with --level and -o only.");
    }
    new LogFollowing(client, id).each(entry -> !wanted(entry.level()) || printer.print(entry));
  }

  private boolean wanted(String level) {
    return levels.isEmpty() || levels.stream().anyMatch(it -> it.name().equals(level));
  }

  /** The last lines, the oldest first. */
  private List<LogEntry> last(TaskwrightClient client) {
    LogFilter filter =
        new LogFilter(
            Optional.ofNullable(id),
            Optional.ofNullable(task),
            levels.stream().map(Enum::name).toList(),
            span.since(),
            span.until(),
            Optional.ofNullable(text));
    if (id != null) {
      client.executions().get(id).logsRemovedAt().ifPresent(this::removed);
    }
    return LimitOption.take(tail, ask -> client.logs().list(filter, ask), this::more).reversed();
  }

  private void more(int shown) {
    say("Only the last %d lines are shown; see more with --tail.".formatted(shown));
  }

  private void removed(Instant at) {
    say("Its log was removed at %s: the project keeps logs no longer.".formatted(at));
  }

  private void say(String text) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
