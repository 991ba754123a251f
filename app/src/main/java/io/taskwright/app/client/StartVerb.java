package io.taskwright.app.client;

import io.taskwright.app.terminal.LiveLines;
import io.taskwright.app.terminal.Paint;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.DryRunReport;
import io.taskwright.client.Ending;
import io.taskwright.client.Execution;
import io.taskwright.client.Json;
import io.taskwright.client.Preview;
import io.taskwright.client.Start;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code start}: starts a task that the service has. */
@Command(
    name = "start",
    description = "Starts a task and prints the execution's id.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:accepted, or would be (with --preview); with --wait also COMPLETED, or not ended yet",
      "1:FAILED (with --wait)",
      "2:the arguments or the input are wrong, or REJECTED; with --batch some line was refused",
      "3:CANCELLED (with --wait)",
      "4:the service cannot be reached"
    })
public final class StartVerb implements Callable<Integer> {
  private static final Set<String> BESIDE_BATCH =
      Set.of("--batch", "--data", "--output", "--idempotency-key");

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

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Start once for each line of the file, a JSON object such as {\"input\": {}}, and print"
              + " the executions' ids.")
  private @Nullable Path batch;

  @Option(
      names = "--dry-run",
      description = "Start it without its effects, and say what it would have done.")
  private boolean dryRun;

  @Option(
      names = "--mocks",
      paramLabel = "JSON",
      description =
          "With --dry-run: the result of the work, as {\"output\": …} or {\"failure\": {\"code\":"
              + " …}}.")
  private @Nullable String mocks;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      if (batch != null) {
        return startAll(client, BatchFile.read(batch, task), out, err);
      }
      Start start = options.start(Optional.ofNullable(startAt), Duration.ofSeconds(wait));
      if (dryRun) {
        DryRunReport report =
            client.executions().dryRun(task, options.withFiles(client, start), mocks());
        Paint paint = new Paint(Terminal.out().colored());
        out.print(output.text(report.json(), width -> DryRunText.of(report, paint)));
        out.flush();
        return DryRunText.code(report);
      }
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

  private int startAll(TaskwrightClient client, BatchFile file, PrintWriter out, PrintWriter err) {
    Set<String> given =
        Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !BESIDE_BATCH.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!given.isEmpty()) {
      throw new Misuse(
          "Beside --batch goes no %s: the lines of the file say it."
              .formatted(given.iterator().next()));
    }
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    int refused =
        new BatchStarts(client, new LiveLines(err, Terminal.err()))
            .start(
                file,
                options.key(),
                result -> {
                  results.add(result.json());
                  if (output.forPeople()) {
                    result.execution().ifPresent(made -> out.println(made.id()));
                    out.flush();
                  }
                });
    if (!output.forPeople()) {
      out.print(output.text(results, width -> ""));
      out.flush();
    }
    return refused == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private Optional<JsonNode> mocks() {
    try {
      return Optional.ofNullable(mocks).map(Json::read);
    } catch (JacksonException e) {
      throw new Misuse("--mocks is no JSON: " + e.getOriginalMessage());
    }
  }
}
