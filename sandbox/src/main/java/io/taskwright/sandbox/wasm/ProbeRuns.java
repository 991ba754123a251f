package io.taskwright.sandbox.wasm;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport.Check;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs the small programs of a probe in this process.
 *
 * @param sandbox which is probed
 */
public record ProbeRuns(Sandbox sandbox, TaskRuntime runtime) {
  /** Time for what must end in time. */
  public static final Duration SOON = Duration.ofMillis(200);

  /** Time for what ends otherwise. */
  public static final Duration LATE = Duration.ofSeconds(5);

  private static final RunSink SILENCE =
      new RunSink() {
        @Override
        public void log(Source source, String line) {
          // Not asked for.
        }

        @Override
        public void progress(double fraction, String message) {
          // Not asked for.
        }

        @Override
        public void awaitCounting() {
          // Nobody else could have taken it over.
        }
      };

  /** The program must return this. */
  public Check returns(String fact, byte[] program, String input, String expected) {
    RunEnd end = end(program, input, LATE);
    boolean same = end instanceof RunEnd.Returned returned && returned.output().equals(expected);
    return new Check(fact, same, end.toString());
  }

  /** The program must fail so. */
  public Check fails(
      String fact, Duration wall, byte[] program, String input, FailureCode expected) {
    RunEnd end = end(program, input, wall);
    boolean same = end instanceof RunEnd.Failed failed && failed.failure().code() == expected;
    return new Check(fact, same, end.toString());
  }

  private RunEnd end(byte[] program, String input, Duration wall) {
    ProgramFile file = new ProgramFile(runtime.sourceFile(), program);
    Program probe =
        new Program("probe", runtime, List.of(file), file.path(), input, Map.of(), List.of());
    return sandbox.start(probe, limits(wall), SILENCE).end().join();
  }

  private static Limits limits(Duration wall) {
    ByteSize little = new ByteSize(4096);
    return new Limits(
        new Cpu(100), null, ByteSize.ofMebibytes(8), little, 1, 1, wall, little, little);
  }
}
