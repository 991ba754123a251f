package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Batch;
import io.taskwright.client.TaskwrightClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code batch list}: the batches that are and were. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists batches, the newest first.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class BatchList implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private LimitOption limit = new LimitOption();

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<Batch> batches = limit.take(client.batches()::list, listing::more);
      Table table =
          new Table("BATCH", "NAME", "OPERATION", "STATE", "DONE", "FAILED", "SKIPPED", "MADE")
              .cutting("NAME");
      for (Batch batch : batches) {
        table.row(
            batch.id(),
            batch.name(),
            batch.operation(),
            batch.state(),
            batch.done() + "/" + batch.total(),
            Integer.toString(batch.failed()),
            Integer.toString(batch.skipped()),
            listing.day(batch.createdAt()));
      }
      listing.print(batches, Batch::json, table);
    }
    return ExitCode.DONE;
  }
}
