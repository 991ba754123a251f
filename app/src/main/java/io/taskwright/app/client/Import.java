package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: brings an archive of definitions to the service. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Brings an archive that export --zip made: all of its definitions, or none.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all are there",
      "2:some are wrong, and none was taken",
      "4:the service cannot be reached"
    })
public final class Import implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    if (!Files.isRegularFile(file)) {
      throw new Misuse("%s: there is no such file.".formatted(file));
    }
    try (TaskwrightClient client = service.client()) {
      ImportText.print(
          client.tasks().bring(file), output, Objects.requireNonNull(spec).commandLine().getOut());
    } catch (IOException e) {
      throw new Misuse("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    return ExitCode.DONE;
  }
}
