package io.taskwright.app.client;

import io.taskwright.app.terminal.Table;
import io.taskwright.client.Artifact;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code get artifacts}: the files that an execution left. */
@Command(
    name = "artifacts",
    mixinStandardHelpOptions = true,
    description = "Lists the files that an execution left.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class GetArtifacts implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", converter = Ids.class, description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Override
  public Integer call() {
    Listing listing = new Listing(Objects.requireNonNull(spec).commandLine(), output);
    try (TaskwrightClient client = service.client()) {
      List<Artifact> artifacts = client.artifacts().list(Objects.requireNonNull(id));
      Table table = new Table("PATH", "BYTES", "TYPE", "KEPT UNTIL").cutting("PATH");
      for (Artifact artifact : artifacts) {
        table.row(
            artifact.path(),
            Long.toString(artifact.size()),
            artifact.mediaType(),
            artifact.gone() ? "gone" : listing.day(artifact.expiresAt()));
      }
      listing.print(artifacts, Artifact::json, table);
    }
    return ExitCode.DONE;
  }
}
