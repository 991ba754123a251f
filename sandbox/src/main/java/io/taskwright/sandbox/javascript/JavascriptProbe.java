package io.taskwright.sandbox.javascript;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Checks that the interpreter reaches nothing and that its limits hold. */
final class JavascriptProbe {
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

  private final JavascriptSandbox sandbox;

  JavascriptProbe(JavascriptSandbox sandbox) {
    this.sandbox = sandbox;
  }

  ProbeReport run() {
    return new ProbeReport(
        List.of(
            returns("it computes", "6 * 7", "42"),
            returns(
                "nothing of the host is there",
                "[typeof java_invoke, typeof require, typeof fetch, typeof Java, typeof"
                    + " Javy].join()",
                "\"undefined,undefined,undefined,undefined,undefined\""),
            fails("an endless loop is ended", SOON, "(() => { for (;;); })()", FailureCode.TIMEOUT),
            fails(
                "a program that takes too much memory is ended",
                LATE,
                "(() => { const a = []; for (;;) a.push(new Array(10000).fill(1)); })()",
                FailureCode.RESOURCE_EXHAUSTED)));
  }

  private Check returns(String fact, String expression, String expected) {
    RunEnd end = end(expression, LATE);
    boolean same = end instanceof RunEnd.Returned returned && returned.output().equals(expected);
    return new Check(fact, same, end.toString());
  }

  private Check fails(String fact, Duration wall, String expression, FailureCode expected) {
    RunEnd end = end(expression, wall);
    boolean same = end instanceof RunEnd.Failed failed && failed.failure().code() == expected;
    return new Check(fact, same, end.toString());
  }

  private RunEnd end(String expression, Duration wall) {
    String source = "function main() { return " + expression + "; }";
    ProgramFile file = new ProgramFile("main.js", source.getBytes(StandardCharsets.UTF_8));
    Program program =
        new Program(
            "probe",
            TaskRuntime.JAVASCRIPT,
            List.of(file),
            "main.js",
            "null",
            Map.of(),
            List.of(),
            Map.of());
    return sandbox.start(program, limits(wall), SILENCE).end().join();
  }

  private static Limits limits(Duration wall) {
    ByteSize little = new ByteSize(4096);
    return new Limits(
        new Cpu(100), null, ByteSize.ofMebibytes(8), little, 1, 1, wall, little, little);
  }
}
