package io.taskwright.app.client;

import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signal}: tells an execution what its task declares. */
@Command(
    name = "signal",
    mixinStandardHelpOptions = true,
    description =
        "Tells an execution what its task declares under signals. Attempts that begin later find"
            + " it; an execution that waits for it begins.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it is kept",
      "2:there is no such execution or signal, it has ended, or the payload breaks the schema",
      "4:the service cannot be reached"
    })
public final class SignalVerb implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = Ids.class,
      description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Parameters(index = "1", paramLabel = "NAME", description = "The signal's name.")
  private String name = "";

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "What comes with it, as JSON; @FILE reads it from a file, @- from stdin.")
  private String payload = "null";

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Sending it again under the same key changes nothing; fresh unless given.")
  private @Nullable String key;

  @Override
  public Integer call() {
    ExecutionId execution = Objects.requireNonNull(id);
    String once = key == null ? UUID.randomUUID().toString() : key;
    try (TaskwrightClient client = service.client()) {
      client.executions().signal(execution, name, JsonArgument.read("--payload", payload), once);
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .println("It is told. See: taskwright get " + execution + service.again());
      return ExitCode.DONE;
    }
  }
}
