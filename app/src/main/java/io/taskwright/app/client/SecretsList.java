package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.SecretInfo;
import io.taskwright.client.TaskwrightClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code secrets list}: the project's secrets, without their values. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the secrets by name; their values are never shown.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class SecretsList implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<SecretInfo> secrets = client.secrets().list();
      Table table =
          new Table("SECRET", "VERSION", "CHANGED", "BY", "LAST USED", "DESCRIPTION")
              .cutting("DESCRIPTION", "BY");
      for (SecretInfo secret : secrets) {
        table.row(
            secret.name(),
            Integer.toString(secret.version()),
            listing.day(secret.updatedAt()),
            secret.updatedBy(),
            listing.day(secret.lastUsedAt()),
            secret.description());
      }
      listing.print(secrets, SecretInfo::json, table);
    }
    return ExitCode.DONE;
  }
}
