package io.taskwright.app.client;

import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rollback}: makes an older version the newest again. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Makes a new version of a task that is equal to an older one.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:there is no such version, or it cannot be the newest",
      "4:the service cannot be reached"
    })
public final class Rollback implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private NoteOption note = new NoteOption();

  @Parameters(index = "0", paramLabel = "TASK", description = "The task's name or id.")
  private String task = "";

  @Parameters(index = "1", paramLabel = "N", description = "The version to go back to.")
  private int version;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    try (TaskwrightClient client = service.client()) {
      Task made = client.tasks().rollBack(client.tasks().get(task), version, note.text());
      out.print(
          output.text(
              made.json(),
              width ->
                  "task %s, version %d, equal to version %d%n"
                      .formatted(made.name(), made.version(), version)));
      out.flush();
    }
    return ExitCode.DONE;
  }
}
