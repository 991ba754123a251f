package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Pool;
import io.taskwright.client.TaskwrightClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code get pools}: who runs code, and who waits for it. */
@Command(
    name = "pools",
    mixinStandardHelpOptions = true,
    description = "Lists the pools of executors, with their live capacity and their queues.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class GetPools implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<Pool> pools = client.pools().list();
      Table table =
          new Table("POOL", "EXECUTORS", "SLOTS", "USED", "WAITING", "OLDEST", "RUNTIMES")
              .cutting("RUNTIMES");
      for (Pool pool : pools) {
        table.row(
            pool.name(),
            Long.toString(pool.live()),
            Integer.toString(pool.slots()),
            Integer.toString(pool.used()),
            Long.toString(pool.waiting()),
            listing.day(pool.oldest()),
            String.join(", ", pool.runtimes()));
      }
      listing.print(pools, Pool::json, table);
    }
    return ExitCode.DONE;
  }
}
