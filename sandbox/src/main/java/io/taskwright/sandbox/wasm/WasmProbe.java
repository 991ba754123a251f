package io.taskwright.sandbox.wasm;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.resource.Resource;
import java.util.List;

/** Checks that modules run here and that their limits hold. */
final class WasmProbe {
  /** Does what its input says: 0 nothing, 1 goes on for ever, 2 takes memory, 3 calls itself. */
  private final byte[] module = Resource.bytes(WasmProbe.class, "probe.wasm");

  private final ProbeRuns runs;

  WasmProbe(WasmSandbox sandbox) {
    this.runs = new ProbeRuns(sandbox, TaskRuntime.WASM);
  }

  ProbeReport run() {
    return new ProbeReport(
        List.of(
            runs.returns("a module runs", module, "0", "null"),
            runs.fails(
                "an endless loop is ended", ProbeRuns.SOON, module, "1", FailureCode.TIMEOUT),
            runs.fails(
                "a program that takes too much memory is ended",
                ProbeRuns.LATE,
                module,
                "2",
                FailureCode.RESOURCE_EXHAUSTED),
            runs.fails(
                "a program that calls itself for ever is ended",
                ProbeRuns.LATE,
                module,
                "3",
                FailureCode.CODE_ERROR)));
  }
}
