package io.taskwright.app.client;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code archive}: takes a task or a version out of use. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Puts a task away, or one version of it",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:there is no such task or version, or it stays in use",
      "4:the service cannot be reached"
    })
public final class Archive implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private Shelf shelf = new Shelf();

  @Override
  public Integer call() {
    return shelf.put(Objects.requireNonNull(spec).commandLine().getErr(), true);
  }
}
