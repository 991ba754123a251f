package io.taskwright.app.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code batch}: one operation on many executions. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = "Cancels, retries or reruns many executions at once.",
    subcommands = {BatchCreate.class, BatchGet.class, BatchList.class, BatchAbort.class})
public final class BatchVerb implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say create, get, list or abort.");
  }
}
