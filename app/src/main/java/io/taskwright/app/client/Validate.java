package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.definition.Applying;
import io.taskwright.client.definition.DefinitionException;
import io.taskwright.client.definition.DefinitionFile;
import io.taskwright.model.Violation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code validate}: whether the service would take a definition. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Says everything that is wrong with a definition; nothing is saved.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all are valid", "2:some are not", "4:the service cannot be reached"})
public final class Validate implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Definitions, or folders with some.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Path> files = paths.stream().flatMap(it -> DefinitionFiles.in(it).stream()).toList();
    StringBuilder text = new StringBuilder();
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    boolean valid = true;
    try (TaskwrightClient client = service.client()) {
      Applying applying = new Applying(client);
      for (Path path : files) {
        valid &= check(applying, path, text, json.addObject());
      }
    }
    out.print(output.text(json, width -> text.toString()));
    out.flush();
    return valid ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static boolean check(Applying applying, Path path, StringBuilder text, ObjectNode json) {
    json.put("file", path.toString());
    try {
      DefinitionFile file = DefinitionFile.read(path);
      List<Violation> violations = applying.violations(file);
      json.put("valid", violations.isEmpty());
      ArrayNode errors = json.putArray("errors");
      violations.forEach(violation -> {
        ObjectNode error = errors.addObject().put("pointer", violation.pointer());
        file.line(violation.pointer()).ifPresent(line -> error.put("line", line));
        error.put("keyword", violation.keyword()).put("message", violation.message());
      });
      text.append(path).append(violations.isEmpty() ? ": valid\n" : ": wrong\n");
      text.append(violations.isEmpty() ? "" : Refusals.text(violations, file) + "\n");
      return violations.isEmpty();
    } catch (DefinitionException e) {
      String message = String.valueOf(e.getMessage());
      json.put("valid", false).putArray("errors").addObject().put("message", message);
      text.append(message).append('\n');
      return false;
    }
  }
}
