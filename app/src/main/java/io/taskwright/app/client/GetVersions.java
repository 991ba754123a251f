package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Table;
import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code versions} and {@code get versions}: how a task came to be what it is. */
@Command(
    name = "versions",
    mixinStandardHelpOptions = true,
    description = "Lists all versions of a task.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
public final class GetVersions implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "NAME", description = "The task's name or id.")
  private String task = "";

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<Task> versions = client.tasks().versions(task);
      Table table = new Table("VERSION", "STATE", "CREATED", "BY", "NOTE").cutting("NOTE");
      for (Task version : versions) {
        table.row(
            Integer.toString(version.version()),
            version.state(),
            listing.day(version.createdAt()),
            version.createdBy(),
            note(version));
      }
      listing.print(versions, Task::json, table);
    }
    return ExitCode.DONE;
  }

  private static String note(Task version) {
    int equal = version.json().path("origin").path("version").asInt(0);
    String origin = equal == 0 ? "" : "(equal to version %d) ".formatted(equal);
    return Harmless.line(origin + version.note()).strip();
  }
}
