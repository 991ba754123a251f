package io.taskwright.sandbox.conformance;

import static org.awaitility.Awaitility.await;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A back end on which every program finds an environment that waited for it.
 *
 * @param cool ends those that wait
 */
public record Warmed(Sandbox sandbox, Runnable cool) implements Sandbox {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return sandbox.name();
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return sandbox.runtimes();
  }

  @Override
  public ProbeReport probe() {
    return sandbox.probe();
  }

  @Override
  public int waiting() {
    return sandbox.waiting();
  }

  /** Runs a program of no effect first, after which one of its kind is expected. */
  @Override
  public Run start(Program program, Limits limits, RunSink sink) {
    cool.run();
    Program first =
        new Program(
            "first",
            program.runtime(),
            List.of(new ProgramFile(program.entry(), new byte[0])),
            program.entry(),
            "null",
            program.environment(),
            program.egress());
    var _ = sandbox.start(first, limits, new Told()).end().join();
    await().atMost(PATIENCE).until(() -> sandbox.waiting() > 0);
    return sandbox.start(program, limits, sink);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
