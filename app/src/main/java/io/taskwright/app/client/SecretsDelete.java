package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code secrets delete}: takes a secret away. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes a secret. Tasks that name it fail from now on, until it is set again.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class SecretsDelete implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "NAME", description = "The secret's name.")
  private String name = "";

  @Override
  public Integer call() {
    try (TaskwrightClient client = service.client()) {
      client.secrets().delete(name);
      var err = Objects.requireNonNull(spec).commandLine().getErr();
      err.println("%s is deleted.".formatted(name));
      err.flush();
    }
    return ExitCode.DONE;
  }
}
