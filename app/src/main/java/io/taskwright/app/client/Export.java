package io.taskwright.app.client;

import io.taskwright.app.terminal.Documents;
import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: definitions as files that {@code apply} takes. */
@Command(
    name = "export",
    description = {
      "Prints a task's definition, or writes those of many into a folder: what apply takes.",
      "In a folder each has its author's path, and the files of its program beside it."
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:there is no such task, or a file is there already",
      "4:the service cannot be reached"
    })
public final class Export implements Callable<Integer> {
  private static final int MOST = 100_000;

  /** A form that a definition may have. */
  private enum Form {
    SOURCE,
    YAML,
    JSON
  }

  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Tasks. With --to: default all")
  private List<String> names = List.of();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Write definitions and the files of their programs into this folder.")
  private @Nullable Path folder;

  @Option(
      names = "--zip",
      paramLabel = "FILE",
      description = "Write all tasks in use into this archive, which import takes.")
  private @Nullable Path zip;

  @Option(names = "--force", description = "Write over files that are there.")
  private boolean force;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The version of the one task. Default: the latest")
  private @Nullable Integer version;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "source",
      description = "source (as its author wrote it), yaml or json. Default: source")
  private Form form = Form.SOURCE;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (zip != null) {
      return archive(zip);
    }
    if (folder == null && names.size() != 1) {
      throw new Misuse("Say one task, or --to a folder for many.");
    }
    if (version != null && names.size() != 1) {
      throw new Misuse("--version goes with one task.");
    }
    OptionalInt wanted = version == null ? OptionalInt.empty() : OptionalInt.of(version);
    try (TaskwrightClient client = service.client()) {
      ExportFolder files = folder == null ? null : new ExportFolder(client, folder, force);
      for (String name : names.isEmpty() ? all(client) : names) {
        Task task = client.tasks().get(name, wanted);
        byte[] bytes = bytes(client, task);
        out.print(
            files == null
                ? new String(bytes, StandardCharsets.UTF_8)
                : files.write(task, bytes, own(task), ending(task)) + "\n");
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  private Integer archive(Path file) {
    if (folder != null || version != null || !names.isEmpty()) {
      throw new Misuse("--zip takes all tasks, each in its newest version.");
    }
    if (!force && Files.exists(file)) {
      throw new Misuse("%s is there already; --force writes over it.".formatted(file));
    }
    try (TaskwrightClient client = service.client()) {
      client.tasks().take(file);
    }
    return ExitCode.DONE;
  }

  private byte[] bytes(TaskwrightClient client, Task task) {
    return switch (form) {
      case SOURCE ->
          task.sourceSha256().isPresent()
              ? client.tasks().source(task)
              : Documents.yaml(task.definition()).getBytes(StandardCharsets.UTF_8);
      case YAML -> Documents.yaml(task.definition()).getBytes(StandardCharsets.UTF_8);
      case JSON -> Documents.json(task.definition()).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** Another form does not belong under the name of its author's file. */
  private String own(Task task) {
    return form == Form.SOURCE ? task.sourceFile() : "";
  }

  private String ending(Task task) {
    return switch (form) {
      case SOURCE -> task.sourceIsJson() ? ".json" : ".yaml";
      case YAML -> ".yaml";
      case JSON -> ".json";
    };
  }

  private static List<String> all(TaskwrightClient client) {
    return LimitOption.take(MOST, ask -> client.tasks().list("", ask), shown -> {}).stream()
        .map(Task::name)
        .toList();
  }
}
