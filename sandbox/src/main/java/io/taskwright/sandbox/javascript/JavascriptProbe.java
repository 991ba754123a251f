package io.taskwright.sandbox.javascript;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.wasm.ProbeRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks that the interpreter reaches nothing and that its limits hold. */
final class JavascriptProbe {
  private final ProbeRuns runs;

  JavascriptProbe(JavascriptSandbox sandbox) {
    this.runs = new ProbeRuns(sandbox, TaskRuntime.JAVASCRIPT);
  }

  ProbeReport run() {
    return new ProbeReport(
        List.of(
            runs.returns("it computes", main("6 * 7"), "null", "42"),
            runs.returns(
                "nothing of the host is there",
                main(
                    "[typeof java_invoke, typeof require, typeof fetch, typeof Java, typeof"
                        + " Javy].join()"),
                "null",
                "\"undefined,undefined,undefined,undefined,undefined\""),
            runs.fails(
                "an endless loop is ended",
                ProbeRuns.SOON,
                main("(() => { for (;;); })()"),
                "null",
                FailureCode.TIMEOUT),
            runs.fails(
                "a program that takes too much memory is ended",
                ProbeRuns.LATE,
                main("(() => { const a = []; for (;;) a.push(new Array(10000).fill(1)); })()"),
                "null",
                FailureCode.RESOURCE_EXHAUSTED)));
  }

  private static byte[] main(String expression) {
    return ("function main() { return " + expression + "; }").getBytes(StandardCharsets.UTF_8);
  }
}
