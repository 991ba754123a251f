package io.taskwright.app.client;

import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code archive}, {@code unarchive}: takes a task or a version out of use, or back into it. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:there is no such task or version, or it stays in use",
      "4:the service cannot be reached"
    })
public final class ShelfVerb implements Callable<Integer> {
  private final boolean away;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "TASK", description = "The task's name or id.")
  private String task = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Only this version, which is not the newest.")
  private @Nullable Integer version;

  private ShelfVerb(boolean away) {
    this.away = away;
  }

  /** The verb that puts away. */
  public static CommandLine archive() {
    return of("archive", "Puts a task away, or one version of it", true);
  }

  /** The verb that takes out again. */
  public static CommandLine unarchive() {
    return of(
        "unarchive", "Takes a task out again that was archived, or one version of it.", false);
  }

  private static CommandLine of(String name, String description, boolean away) {
    CommandLine line = new CommandLine(new ShelfVerb(away));
    line.getCommandSpec().name(name).usageMessage().description(description);
    return line;
  }

  @Override
  public Integer call() {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
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
