package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.definition.Applying;
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

/** {@code validate}: whether the service would take a definition. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Says everything that is wrong with a definition; nothing is saved.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:it is valid", "2:it is not", "4:the service cannot be reached"})
public final class Validate implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Definitions, or folders with some.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    boolean valid = true;
    try (TaskwrightClient client = service.client()) {
      for (Path path : paths.stream().flatMap(it -> DefinitionFiles.in(it).stream()).toList()) {
        DefinitionFile file = DefinitionFile.read(path);
        List<Violation> violations = new Applying(client).violations(file);
        valid &= violations.isEmpty();
        out.println(violations.isEmpty() ? path + ": valid" : Refusals.text(violations, file));
      }
    }
    out.flush();
    return valid ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
