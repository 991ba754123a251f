package io.taskwright.app.client;

import io.taskwright.client.KeyInfo;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys revoke}: takes an API key back. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Takes a key back. Nobody gets in with it any more.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class KeysRevoke implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(paramLabel = "ID_OR_NAME", description = "The key's id or name.")
  private String subject = "";

  @Override
  public Integer call() {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      List<KeyInfo> meant =
          client.keys().list().stream()
              .filter(key -> key.revokedAt().isEmpty())
              .filter(key -> key.id().equals(subject) || key.name().equals(subject))
              .toList();
      if (meant.size() != 1) {
        throw new Misuse(
            "%s live key is called '%s'. See: taskwright keys list"
                .formatted(meant.isEmpty() ? "No" : "More than one", subject));
      }
      client.keys().revoke(meant.getFirst().id());
      err.println("The key '%s' is taken back.".formatted(meant.getFirst().name()));
      err.flush();
    }
    return ExitCode.DONE;
  }
}
