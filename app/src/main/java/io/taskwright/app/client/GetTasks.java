package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code get tasks}: the catalogue. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = "Lists tasks by their names.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class GetTasks implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private LimitOption limit = new LimitOption();

  @Option(names = "-q", paramLabel = "TEXT", description = "Only names that contain it.")
  private String text = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "published, archived or draft. Default: published")
  private @Nullable String state;

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<Task> tasks =
          limit.take(
              ask -> client.tasks().list(text, Optional.ofNullable(state), ask), listing::more);
      Table table = new Table("TASK", "VERSION", "CHANGED", "DESCRIPTION").cutting("DESCRIPTION");
      for (Task task : tasks) {
        table.row(
            task.name(),
            Integer.toString(task.version()),
            listing.day(task.createdAt()),
            TaskText.summary(task));
      }
      listing.print(tasks, Task::json, table);
    }
    return ExitCode.DONE;
  }
}
