package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.KeyInfo;
import io.taskwright.client.TaskwrightClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys list}: the project's API keys, without their secrets. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the keys, also those that were taken back.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class KeysList implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<KeyInfo> keys = client.keys().list();
      Table table =
          new Table("NAME", "ROLE", "CREATED", "BY", "REVOKED", "ID").cutting("NAME", "BY");
      for (KeyInfo key : keys) {
        table.row(
            key.name(),
            key.role(),
            listing.day(key.createdAt()),
            key.createdBy(),
            listing.day(key.revokedAt()),
            key.id());
      }
      listing.print(keys, KeyInfo::json, table);
    }
    return ExitCode.DONE;
  }
}
