package io.taskwright.app.client;

import io.taskwright.app.terminal.Documents;
import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import tools.jackson.databind.JsonNode;

/** {@code export}: definitions as files that {@code apply} takes. */
@Command(
    name = "export",
    description = {
      "Prints a task's definition, or writes those of many into a folder: what apply takes.",
      "Programs of several files stay with the service; the definition names them by their digest."
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
      description = "Write NAME.yaml files into this folder.")
  private @Nullable Path folder;

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
      defaultValue = "yaml",
      description = "yaml or json. Default: yaml")
  private Form form = Form.YAML;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (folder == null && names.size() != 1) {
      throw new Misuse("Say one task, or --to a folder for many.");
    }
    if (version != null && names.size() != 1) {
      throw new Misuse("--version goes with one task.");
    }
    OptionalInt wanted = version == null ? OptionalInt.empty() : OptionalInt.of(version);
    try (TaskwrightClient client = service.client()) {
      for (String name : names.isEmpty() ? all(client) : names) {
        Task task = client.tasks().get(name, wanted);
        String text = text(task.definition());
        out.print(folder == null ? text : write(folder, task.name(), text) + "\n");
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static List<String> all(TaskwrightClient client) {
    return LimitOption.take(MOST, ask -> client.tasks().list("", ask), shown -> {}).stream()
        .map(Task::name)
        .toList();
  }

  private String text(JsonNode definition) {
    return switch (form) {
      case YAML -> Documents.yaml(definition);
      case JSON -> Documents.json(definition);
    };
  }

  /** Names of tasks are harmless as names of files. */
  private Path write(Path into, String name, String text) {
    Path file = into.resolve(name + (form == Form.YAML ? ".yaml" : ".json"));
    try {
      Files.createDirectories(into);
      Files.writeString(
          file,
          text,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING,
          force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW);
      return file;
    } catch (FileAlreadyExistsException e) {
      throw new Misuse("%s is there already; --force writes over it.".formatted(file));
    } catch (IOException e) {
      throw new Misuse("%s cannot be written: %s".formatted(file, e));
    }
  }
}
