package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Draft;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.definition.Applied;
import io.taskwright.client.definition.Applying;
import io.taskwright.client.definition.DefinitionException;
import io.taskwright.client.definition.DefinitionFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code apply}: brings definitions to the service. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Brings definitions to the service: creates a task, or makes a new version if something"
          + " changed.",
      "Of a folder: its task.yaml; or else all its YAML and JSON files, and the task.yaml of each"
          + " folder below."
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all are there", "2:some are wrong", "4:the service cannot be reached"})
public final class Apply implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE_OR_DIR",
      required = true,
      description = "A definition, or a folder with definitions. May be given more than once.")
  private List<Path> paths = List.of();

  @Option(names = "--draft", description = "Save them as drafts; they may be wrong still.")
  private boolean draft;

  @Option(names = "--atomic", description = "Bring all of them, or none.")
  private boolean atomic;

  @Mixin private StrictOption strict = new StrictOption();

  @Override
  public Integer call() {
    if (atomic && (draft || strict.strictness().strict())) {
      throw new Misuse("--atomic goes without --draft and --strict.");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<Path, String> files = new LinkedHashMap<>();
    paths.forEach(path ->
        DefinitionFiles.in(path)
            .forEach(file -> files.putIfAbsent(file, DefinitionFiles.nameOf(path, file))));
    try (TaskwrightClient client = service.client()) {
      return atomic ? asOne(client, files, out) : each(client, files, out, err);
    }
  }

  private int asOne(TaskwrightClient client, Map<Path, String> files, PrintWriter out) {
    Map<String, DefinitionFile> named = new LinkedHashMap<>();
    files.forEach((path, as) -> {
      String name = as.isEmpty() ? path.getFileName().toString() : as;
      if (named.put(name, DefinitionFile.read(path)) != null) {
        throw new Misuse("%s: another file is called %s too.".formatted(path, name));
      }
    });
    try {
      Path archive = Files.createTempFile("apply", ".zip");
      try {
        ArchiveFile.write(archive, named);
        ImportText.print(client.tasks().bring(archive), output, out);
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new Misuse("The archive cannot be written: " + e.getMessage());
    }
    return ExitCode.DONE;
  }

  private int each(
      TaskwrightClient client, Map<Path, String> files, PrintWriter out, PrintWriter err) {
    Table table = new Table("TASK", "VERSION", "CHANGE", "FILE").cutting("FILE", "TASK");
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    Map<String, Path> seen = new HashMap<>();
    int wrong = 0;
    Applying applying = new Applying(client);
    for (Map.Entry<Path, String> entry : files.entrySet()) {
      Path path = entry.getKey();
      try {
        DefinitionFile file = DefinitionFile.read(path);
        Path before = seen.putIfAbsent(file.name(), path);
        if (before != null) {
          throw new Misuse(
              "%s: %s defines the task '%s' already".formatted(path, before, file.name()));
        }
        if (draft) {
          report(Refusals.draft(applying, file, entry.getValue()), path, table, json);
        } else {
          report(
              Refusals.apply(applying, file, entry.getValue(), strict.strictness()),
              path,
              table,
              json);
        }
      } catch (DefinitionException | Misuse e) {
        wrong++;
        err.println(e.getMessage());
        table.row("-", "-", "refused", path.toString());
        json.addObject().put("file", path.toString()).put("change", "refused");
      }
    }
    err.flush();
    out.print(output.text(json, table::text));
    out.flush();
    return wrong == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static void report(Draft draft, Path path, Table table, ArrayNode json) {
    int errors = draft.errors().size();
    String change = errors == 0 ? "draft" : "draft, wrong in " + errors;
    table.row(draft.name(), "-", change, path.toString());
    json.addObject()
        .put("file", path.toString())
        .put("change", "draft")
        .put("task", draft.name())
        .put("errors", errors);
  }

  private static void report(Applied applied, Path path, Table table, ArrayNode json) {
    String version = Integer.toString(applied.task().version());
    table.row(applied.task().name(), version, AppliedText.of(applied), path.toString());
    ObjectNode entry = json.addObject();
    entry.put("file", path.toString());
    entry.put("change", AppliedText.of(applied));
    entry.put("task", applied.task().name());
    entry.put("id", applied.task().id());
    entry.put("version", applied.task().version());
  }
}
