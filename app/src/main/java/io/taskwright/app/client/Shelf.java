package io.taskwright.app.client;

import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is put away, or taken out again. */
final class Shelf {
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "TASK", description = "The task's name or id.")
  private String task = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Only this version, which is not the newest.")
  private @Nullable Integer version;

  int put(PrintWriter err, boolean away) {
    try (TaskwrightClient client = service.client()) {
      OptionalInt one = version == null ? OptionalInt.empty() : OptionalInt.of(version);
      Task now = client.tasks().archive(task, one, away);
      String what =
          version == null ? now.name() : "version %d of %s".formatted(version, now.name());
      err.println(
          away
              ? "%s is archived; what was started goes on.".formatted(what)
              : "%s is in use.".formatted(what));
      err.flush();
    }
    return ExitCode.DONE;
  }
}
