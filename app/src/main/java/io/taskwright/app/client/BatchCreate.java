package io.taskwright.app.client;

import io.taskwright.app.terminal.LiveLines;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.Batch;
import io.taskwright.client.BatchAsk;
import io.taskwright.client.Batches.Preview;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code batch create}: does one operation on many executions. */
@Command(
    name = "create",
    description = "Cancels, retries or reruns the executions that are named or meet the filter.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it is made; with --watch every execution had its turn and none was refused",
      "1:with --watch: some execution was refused, or the batch was aborted",
      "2:the arguments are wrong, or there are not as many executions as was expected",
      "4:the service cannot be reached"
    })
final class BatchCreate implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private FilterOption filter = new FilterOption();
  @Mixin private InputOption input = new InputOption();
  @Mixin private PaceOption pace = new PaceOption();

  @Parameters(
      index = "0",
      paramLabel = "OPERATION",
      description = "cancel, terminate, pause, resume, priority, retry or rerun.")
  private String operation = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ID",
      converter = Ids.class,
      description = "The executions. Default: those that meet the filter")
  private List<ExecutionId> ids = new ArrayList<>();

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Retry, rerun: the task's version, or latest. Default: each one's own")
  private @Nullable String version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "For the record; not with retry and rerun.")
  private @Nullable String reason;

  @Option(names = "--priority", paramLabel = "N", description = "Priority: 1 (first) to 5 (last).")
  private @Nullable Integer priority;

  @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
  private @Nullable String name;

  @Option(
      names = "--expect",
      paramLabel = "N",
      description = "Make nothing unless it is so many executions.")
  private @Nullable Integer expected;

  @Option(names = "--preview", description = "Say how many executions it is; make nothing.")
  private boolean preview;

  @Option(names = "--watch", description = "Show how far it is until it ends.")
  private boolean watch;

  @Override
  public Integer call() {
    if (ids.isEmpty() == !filter.given()) {
      throw new Misuse(
          "Say which executions: their ids, or a filter such as --status FAILED --task NAME.");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      if (preview) {
        Preview would = client.batches().preview(ask());
        String text =
            "%d executions; %s finds something to do in %d of them\n"
                .formatted(would.count(), operation, would.fitting());
        out.print(output.text(would.json(), width -> text));
        out.flush();
        return ExitCode.DONE;
      }
      Batch made = client.batches().create(ask(), UUID.randomUUID().toString());
      out.print(output.text(made.json(), width -> made.id() + "\n"));
      out.flush();
      return watch
          ? new BatchWatching(client, new LiveLines(err, Terminal.err())).toEnd(made.id())
          : ExitCode.DONE;
    }
  }

  private BatchAsk ask() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    if (version != null && version.matches("[0-9]{1,9}")) {
      parameters.put("version", Integer.parseInt(version));
    } else if (version != null) {
      parameters.put("version", version);
    }
    if (priority != null) {
      parameters.put("priority", priority);
    }
    if (reason != null) {
      parameters.put("reason", reason);
    }
    input.json().ifPresent(value -> parameters.set("input", value));
    return new BatchAsk(
        operation,
        parameters,
        Optional.ofNullable(name),
        filter.filter(),
        ids,
        pace.rate(),
        pace.jitter(),
        expected == null ? OptionalInt.empty() : OptionalInt.of(expected));
  }

  /** How fast it goes. */
  static final class PaceOption {
    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "So many executions per second. Default: as fast as it can")
    private @Nullable Double rate;

    @Option(
        names = "--jitter",
        paramLabel = "TIME",
        description = "Lengthen pauses by up to this at random, such as PT2S.")
    private @Nullable Duration jitter;

    OptionalDouble rate() {
      return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    Optional<Duration> jitter() {
      return Optional.ofNullable(jitter);
    }
  }
}
