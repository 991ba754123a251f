package io.taskwright.sandbox.javascript;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.conformance.Sinks;
import io.taskwright.sandbox.conformance.Trial;
import io.taskwright.sandbox.guest.GuestProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code's contract, the limits and the isolation of JavaScript in this process. */
final class JavascriptSandboxTest {
  private static final JavascriptSandbox SANDBOX = new JavascriptSandbox(ByteSize.ofMebibytes(256));

  @AfterAll
  static void close() {
    SANDBOX.close();
  }

  @Test
  void passesItsProbe() {
    ProbeReport report = SANDBOX.probe();
    assertThat(report.checks()).allMatch(ProbeReport.Check::passed);
    assertThat(SANDBOX.runtimes()).containsExactly(TaskRuntime.JAVASCRIPT);
    assertThat(SANDBOX.name()).isEqualTo("javascript");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function main(input) { return input.a + 1; }",
        "async function main(input) { await null; return input.a + 1; }",
        "const main = (input) => input.a + 1;",
        "export function main(input) { return Promise.resolve(input.a + 1); }",
        "export default function main(input) { return input.a + 1; }",
        "class Adder { add(x) { return x + 1; } }\nlet main = ({a}) => new Adder().add(a);"
      })
  void callsMainHoweverItIsWritten(String source) {
    assertThat(javascript(source).input("{\"a\":41}").run()).returned("42");
  }

  @Test
  void tellsLogAndProgress() {
    assertThat(
            javascript(
                    """
                    console.log('loading');
                    function main() {
                      console.log('a', 1, {b: [2]}, null, undefined, new Error('x'));
                      console.error('oops');
                      progress(0.5, 'half');
                      progress(1);
                    }
                    """)
                .run())
        .returned("null")
        .said(
            "STDOUT loading",
            "STDOUT a 1 {\"b\":[2]} null undefined Error: x",
            "STDERR oops",
            "PROGRESS 0.5",
            "PROGRESS 1.0");
  }

  @Test
  void seesItsVariablesAndNothingElse() {
    assertThat(javascript("function main() { return process.env; }").variable("TASK_ID", "7").run())
        .returned("{\"TASK_ID\":\"7\"}");
    assertThat(
            javascript(
                    "function main() { return ['java_invoke', 'Javy', 'plugin', 'require', 'fetch',"
                        + " 'Deno', 'std', 'os', 'taskwright'].filter((n) => n in globalThis); }")
                .run())
        .returned("[]");
    assertThat(javascript("import * as os from 'os';\nfunction main() { return 1; }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("could not load module");
  }

  @Test
  void regressR47GivesNoWayFromJavascriptToTheWorker() {
    assertThat(
            javascript(
                    """
                    async function main(input) {
                      const found = [];
                      const look = (name, probe) => {
                        try { if (probe()) found.push(name); } catch { }
                      };
                      look('constructor', () => this.constructor.constructor('return process')().mainModule);
                      look('function', () => Function('return process.binding || process.exit || process.dlopen')());
                      look('input', () => input.constructor.constructor('return Java')());
                      look('arguments', () => arguments.callee.caller.constructor('return Java')());
                      look('frames', () => {
                        Error.prepareStackTrace = (error, frames) => frames;
                        return new Error().stack[0].getThis();
                      });
                      look('host error', () => {
                        try { JSON.parse('{'); } catch (e) { return e.constructor.constructor('return Packages')(); }
                      });
                      look('proxy', () => {
                        try { console.log(new Proxy({}, {get: (t, name, self) => { throw self; }})); }
                        catch (e) { return e.getClass || e.mainModule; }
                      });
                      look('species', () => [].concat.call(globalThis, [1])[0].getClass);
                      for (const name of ['Java', 'java', 'Packages', 'Polyglot', 'load', 'quit', 'WebAssembly', 'module', 'Worker'])
                        look(name, () => globalThis[name]);
                      for (const name of ['fs', 'child_process', 'std', 'os', 'file:///etc/passwd'])
                        await import(name).then(() => found.push(name), () => {});
                      return found;
                    }
                    """)
                .input("{\"a\":1}")
                .run())
        .returned("[]");
  }

  @Test
  void startsEachRunAnew() {
    String source =
        """
        globalThis.n = (globalThis.n ?? 0) + 1;
        Object.prototype.leak = 1;
        function main() { return [n, Math.random(), Date.now()]; }
        """;
    Trial.Result first = javascript(source).run();
    Trial.Result second = javascript(source).run();
    assertThat(output(first)).startsWith("[1,");
    assertThat(output(second)).startsWith("[1,").isNotEqualTo(output(first));
    assertThat(javascript("function main() { return ({}).leak === undefined; }").run())
        .returned("true");
  }

  @Test
  void tellsWhereItFailed() {
    assertThat(
            javascript("function inner() {\n  null.x;\n}\nasync function main() {\n  inner();\n}")
                .run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("TypeError: cannot read property 'x' of null")
        .withDetail("stackTrace", "at inner", ":2:", "at main", ":5:");
    assertThat(javascript("function main() { throw 'text'; }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("Uncaught text");
    assertThat(javascript("throw new Error('at the top')").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("Error: at the top")
        .withDetail("stackTrace", "main.js:1");
    assertThat(javascript("function main( {").run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("stackTrace", "main.js:");
    assertThat(javascript("let x = 1;").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("no function main");
    assertThat(javascript("function main() { return new Promise(() => {}); }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("nothing is left to keep");
    assertThat(javascript("1").entry("other.js").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("no file other.js");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(javascript("function main() { const a = {}; a.a = a; return a; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("circular");
    assertThat(javascript("function main() { return 10n; }").run())
        .failed(FailureCode.OUTPUT_INVALID);
    assertThat(javascript("function main() { return () => 1; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("a function is no JSON");
    assertThat(
            javascript(
                    "const a = JSON.stringify;\n"
                        + "function main() { let d = 0; for (let i = 0; i < 600; i++) d = [d];"
                        + " return d; }")
                .run())
        .failed(FailureCode.OUTPUT_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function main() { for (;;); }",
        "for (;;);",
        "function main() { for (;;) { try { for (;;); } finally { continue; } } }",
        "async function main() { for (;;) await null; }",
        "function main() { return /^(a+)+$/.test('a'.repeat(40) + 'b'); }"
      })
  void endsWhatTakesTooLong(String source) {
    Trial.Result result = javascript(source).wall(Duration.ofMillis(400)).run();
    assertThat(result).failed(FailureCode.TIMEOUT).withDetail("timeout", "PT0.4S");
    assertThat(result.end().usage().wall()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void endsACompilationThatTakesTooLong() {
    String source = "function main() { return [" + "[1,2,3,[4,5]],".repeat(300_000) + "]; }";
    assertThat(javascript(source).memory(64).wall(Duration.ofMillis(300)).run().end())
        .isInstanceOf(RunEnd.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function main() { const a = []; for (;;) a.push(new Array(10000).fill(1)); }",
        "function main() { return new Array(1e8).fill(0).length; }",
        "function main() { return new Uint8Array(2 ** 30).length; }",
        "const a = new Array(1e8).fill(0);\nfunction main() {}"
      })
  void endsWhatTakesTooMuchMemory(String source) {
    assertThat(javascript(source).memory(8).run()).exhausted("memory", "8Mi");
  }

  @Test
  void letsAProgramDealWithTooLittleMemory() {
    assertThat(
            javascript(
                    "function main() { try { return new Uint8Array(2 ** 30).length; } catch {"
                        + " return 'small'; } }")
                .memory(8)
                .run())
        .returned("\"small\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function main() { const f = () => f() + 1; return f(); }",
        "function main() { const f = (n) => [n].map(f); return f(1); }",
        "function main() { return JSON.parse('['.repeat(100000)); }",
        "const f = () => f() + 1; f();"
      })
  void endsWhatCallsItselfTooDeeply(String source) {
    assertThat(javascript(source).run()).failed(FailureCode.CODE_ERROR).withMessage("too deeply");
  }

  @Test
  void endsWhatSaysTooMuch() {
    Trial.Result result =
        javascript("function main() { for (;;) console.log('x'.repeat(99)); }").log(5000).run();
    assertThat(result).exhausted("log", "5000");
    assertThat(result.told().stdout()).hasSize(50);
    assertThat(javascript("function main() { for (;;) progress(0.1, 'again'); }").log(5000).run())
        .exhausted("log", "5000");
    assertThat(javascript("function main() { return 'x'.repeat(2000); }").output(2000).run())
        .exhausted("output", "2000");
    assertThat(javascript("function main() { return 'x'.repeat(100000); }").output(2000).run())
        .exhausted("output", "2000");
  }

  @Test
  void keepsWhatOnlyLooksLikeAPanic() {
    assertThat(
            javascript("function main() { console.error(\"\\nthread 'x' is fine\"); return 1; }")
                .run())
        .returned("1")
        .said("STDERR thread 'x' is fine");
  }

  @Test
  void stopsWhenAsked() {
    Trial.Started started =
        javascript("function main() { console.log('ready'); for (;;); }").start();
    started.told().awaitReady();
    started.run().stop();
    assertThat(started.await()).stopped();
    Trial.Started closed =
        javascript("function main() { console.log('ready'); for (;;); }").start();
    closed.told().awaitReady();
    closed.run().close();
    assertThat(closed.run().end()).isDone();
    assertThat(closed.run().environment()).startsWith("trial.");
  }

  @Test
  void refusesRunsThatTheHeapHasNoRoomFor() {
    try (JavascriptSandbox small = new JavascriptSandbox(ByteSize.ofMebibytes(1))) {
      assertThat(
              Trial.of(
                      small,
                      TaskRuntime.JAVASCRIPT,
                      "function main() { return new Uint8Array(2 ** 22).length; }")
                  .run())
          .failed(FailureCode.ENVIRONMENT)
          .withMessage("no memory left");
    }
    try (JavascriptSandbox none = new JavascriptSandbox(new ByteSize(1))) {
      assertThat(Trial.of(none, TaskRuntime.JAVASCRIPT, "function main() { return 1; }").run())
          .failed(FailureCode.ENVIRONMENT);
    }
  }

  @Test
  void endsARunWhoseWordsCannotBeTaken() {
    RunEnd end =
        start("console.log('a'); function main() { return 1; }", new Sinks.Broken()).end().join();
    assertThat(((RunEnd.Failed) end).failure().code()).isEqualTo(FailureCode.INTERNAL);
    assertThat(((RunEnd.Failed) end).failure().message()).contains("disk full");
  }

  @Test
  void canBeClosedByItsSink() {
    Sinks.Closing sink = new Sinks.Closing();
    Run run = start("console.log('a'); function main() { for (;;); }", sink);
    sink.closes(run);
    assertThat(run.end().join()).isInstanceOf(RunEnd.Stopped.class);
  }

  @Test
  void runsManyAtOnce() {
    List<Trial.Started> started =
        IntStream.range(0, 16)
            .mapToObj(i ->
                javascript("function main(i) { globalThis.mine = i; return mine * 2; }")
                    .input("" + i)
                    .start())
            .toList();
    for (int i = 0; i < started.size(); i++) {
      assertThat(started.get(i).await()).returned("" + 2 * i);
    }
  }

  @Test
  void keepsOnlyTheLatestBytecodes() {
    Bytecodes bytecodes = new Bytecodes(1000);
    for (int i = 0; i < 50; i++) {
      bytecodes.keep("source " + i, new byte[80]);
    }
    assertThat(bytecodes.find("source 49")).isNotNull();
    assertThat(bytecodes.find("source 0")).isNull();
    bytecodes.keep("large", new byte[999]);
    assertThat(bytecodes.find("large")).isNull();
  }

  private static String output(Trial.Result result) {
    return ((RunEnd.Returned) result.end()).output();
  }

  private static Run start(String source, RunSink sink) {
    ProgramFile file = new ProgramFile("main.js", source.getBytes(StandardCharsets.UTF_8));
    Program program =
        new Program(
            "sink", TaskRuntime.JAVASCRIPT, List.of(file), "main.js", "null", Map.of(), List.of());
    return SANDBOX.start(program, GuestProbe.LIMITS, sink);
  }

  private static Trial javascript(String source) {
    return Trial.of(SANDBOX, TaskRuntime.JAVASCRIPT, source)
        .memory(32)
        .wall(Duration.ofSeconds(20));
  }
}
