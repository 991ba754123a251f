package io.taskwright.sandbox.wasm;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.ProbeReport.Check;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.resource.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Checks that modules run here and that their limits hold. */
final class WasmProbe {
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration LATE = Duration.ofSeconds(5);

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
      };

  /** Does what its input says: 0 nothing, 1 goes on for ever, 2 takes memory, 3 calls itself. */
  private final byte[] module = Resource.bytes(WasmProbe.class, "probe.wasm");

  private final WasmSandbox sandbox;

  WasmProbe(WasmSandbox sandbox) {
    this.sandbox = sandbox;
  }

  ProbeReport run() {
    RunEnd end = end("0", LATE);
    return new ProbeReport(
        List.of(
            new Check("a module runs", end instanceof RunEnd.Returned, end.toString()),
            fails("an endless loop is ended", SOON, "1", FailureCode.TIMEOUT),
            fails(
                "a program that takes too much memory is ended",
                LATE,
                "2",
                FailureCode.RESOURCE_EXHAUSTED),
            fails(
                "a program that calls itself for ever is ended",
                LATE,
                "3",
                FailureCode.CODE_ERROR)));
  }

  private Check fails(String fact, Duration wall, String input, FailureCode expected) {
    RunEnd end = end(input, wall);
    boolean same = end instanceof RunEnd.Failed failed && failed.failure().code() == expected;
    return new Check(fact, same, end.toString());
  }

  private RunEnd end(String input, Duration wall) {
    ProgramFile file = new ProgramFile("probe.wasm", module);
    Program program =
        new Program(
            "probe", TaskRuntime.WASM, List.of(file), "probe.wasm", input, Map.of(), List.of());
    return sandbox.start(program, limits(wall), SILENCE).end().join();
  }

  private static Limits limits(Duration wall) {
    ByteSize little = new ByteSize(4096);
    return new Limits(
        new Cpu(100), null, ByteSize.ofMebibytes(8), little, 1, 1, wall, little, little);
  }
}
