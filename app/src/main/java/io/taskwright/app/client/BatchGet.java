package io.taskwright.app.client;

import io.taskwright.app.terminal.LiveLines;
import io.taskwright.app.terminal.Table;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.Batch;
import io.taskwright.client.BatchItem;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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

/** {@code batch get}: one batch, or what came of its executions. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Shows a batch; with --items what came of each of its executions.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class BatchGet implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private LimitOption limit = new LimitOption();

  @Parameters(paramLabel = "ID", description = "The batch's id.")
  private String id = "";

  @Option(names = "--items", description = "List its executions.")
  private boolean items;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "With --items: only PENDING, SUCCEEDED, FAILED or SKIPPED.")
  private @Nullable String status;

  @Option(names = "--watch", description = "Show how far it is until it ends.")
  private boolean watch;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      if (items) {
        list(client);
        return ExitCode.DONE;
      }
      if (watch) {
        return new BatchWatching(client, new LiveLines(err, Terminal.err())).toEnd(id);
      }
      Batch batch = client.batches().get(id);
      String text =
          "%s %s · %s · %s\n%s\n"
              .formatted(
                  batch.id(),
                  batch.name(),
                  batch.operation(),
                  batch.state(),
                  BatchWatching.text(batch));
      out.print(output.text(batch.json(), width -> text));
      out.flush();
      return ExitCode.DONE;
    }
  }

  private void list(TaskwrightClient client) {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    Optional<String> only = Optional.ofNullable(status).map(it -> it.toUpperCase(Locale.ROOT));
    List<BatchItem> all = limit.take(ask -> client.batches().items(id, only, ask), listing::more);
    Table table = new Table("EXECUTION", "STATUS", "MADE", "WHY").cutting("WHY");
    for (BatchItem item : all) {
      table.row(item.execution(), item.status(), item.made().orElse(""), item.why().orElse(""));
    }
    listing.print(all, BatchItem::json, table);
  }
}
