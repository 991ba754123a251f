package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.service.SupervisorMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code supervise}: what {@code up} starts. */
@Command(
    name = "supervise",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Starts the parts of the service and watches them, until it is told to end.")
public final class Supervise implements Callable<Integer> {
  private final JavaProgram program;

  @Mixin private PlanOptions options = new PlanOptions();

  public Supervise(JavaProgram program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    DataFolder data = DataFolder.make(options.data().path());
    return new SupervisorMain(options.plan(data, program)).run();
  }
}
