package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.service.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person asks for when the service is started. */
final class PlanOptions {
  @Mixin private DataOption data = new DataOption();
  @Mixin private PortOption port = new PortOption();

  @Option(names = "--split", description = "Run the executor as a process of its own.")
  private boolean split;

  @Mixin private TemporalOption temporal = new TemporalOption();

  DataOption data() {
    return data;
  }

  Plan plan(DataFolder folder, JavaProgram program) {
    return new Plan(folder, port.number(), split, temporal.address(), program);
  }
}
