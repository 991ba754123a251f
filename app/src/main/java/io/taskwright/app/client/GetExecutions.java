package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Execution;
import io.taskwright.client.ExecutionFilter;
import io.taskwright.client.FailureReport;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.execution.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code get executions}: what ran and what runs. */
@Command(
    name = "executions",
    mixinStandardHelpOptions = true,
    description = "Lists executions, the newest first.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class GetExecutions implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private LimitOption limit = new LimitOption();
  @Mixin private SpanOption span = new SpanOption();

  @Option(names = "--task", paramLabel = "NAME", description = "Only of this task.")
  private @Nullable String task;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only in this status: ${COMPLETION-CANDIDATES}")
  private @Nullable Status status;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Only with this label. May be given more than once.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "-q",
      paramLabel = "TEXT",
      description = "Only if the id or the task's name begins with it.")
  private @Nullable String text;

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    ExecutionFilter filter =
        new ExecutionFilter(
            Optional.ofNullable(task),
            Optional.ofNullable(status),
            labels,
            span.since(),
            span.until(),
            Optional.ofNullable(text));
    try (TaskwrightClient client = service.client()) {
      List<Execution> executions =
          limit.take(ask -> client.executions().list(filter, ask), listing::more);
      Table table =
          new Table("EXECUTION", "TASK", "STATUS", "ACCEPTED", "TOOK", "WHY")
              .cutting("TASK", "WHY");
      Instant now = Instant.now();
      for (Execution execution : executions) {
        table.row(
            execution.id().toString(),
            execution.task(),
            execution.status().name(),
            Durations.ago(execution.acceptedAt(), now) + " ago",
            Durations.between(execution.acceptedAt(), execution.endedAt()),
            execution.failure().map(FailureReport::code).orElse(""));
      }
      listing.print(executions, Execution::json, table);
    }
    return ExitCode.DONE;
  }
}
