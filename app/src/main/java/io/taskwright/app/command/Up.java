package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.service.LocalService;
import io.taskwright.app.service.Plan;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: starts the service on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything on this machine: PostgreSQL, Temporal with its Web UI, the API with its"
          + " page, and workers.",
      "It stays in the foreground until Ctrl-C ends it all; with --detach it returns when the"
          + " service is ready."
    })
public final class Up implements Callable<Integer> {
  /** How a Java process says that SIGTERM has ended it. */
  private static final int ENDED_BY_TERM = 128 + 15;

  private final JavaProgram program;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private PlanOptions options = new PlanOptions();

  @Option(names = "--detach", description = "Return when the service is ready.")
  private boolean detach;

  public Up(JavaProgram program) {
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Plan plan = options.plan(DataFolder.make(options.data().path()), program);
    LocalService.Running running = new LocalService(plan, err::println).ready(detach);
    if (running.startedHere().isEmpty()) {
      out.println("The service already runs on " + plan.data() + ".");
    }
    out.print(StatusText.of(running.instance()));
    out.flush();
    return running.startedHere().isEmpty() || detach ? 0 : stay(running.startedHere().get(), out);
  }

  private static int stay(Process supervisor, PrintWriter out) throws InterruptedException {
    out.println("Ctrl-C ends it.");
    out.flush();
    int code = supervisor.waitFor();
    if (code == 0 || code == ENDED_BY_TERM) {
      out.println("The service has ended.");
      return 0;
    }
    throw new Obstacle("The supervisor ended with exit code %d.".formatted(code));
  }
}
