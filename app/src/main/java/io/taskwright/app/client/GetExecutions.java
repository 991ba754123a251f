package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Execution;
import io.taskwright.client.FailureReport;
import io.taskwright.client.TaskwrightClient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private FilterOption filter = new FilterOption();

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<Execution> executions =
          limit.take(ask -> client.executions().list(filter.filter(), ask), listing::more);
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
