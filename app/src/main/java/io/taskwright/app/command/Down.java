package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.service.Stopping;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code down}: stops the service on this machine. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the service on this machine cleanly. What it keeps stays.")
public final class Down implements Callable<Integer> {
  private final JavaProgram program;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private DataOption data = new DataOption();

  public Down(JavaProgram program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Progress progress = err::println;
    Optional<DataFolder> folder = DataFolder.find(data.path());
    boolean stopped =
        folder.isPresent() && new Stopping(folder.get(), program.mainClass(), progress).stop();
    progress.say(stopped ? "The service has stopped." : "Nothing ran on " + data.path() + ".");
    return 0;
  }
}
