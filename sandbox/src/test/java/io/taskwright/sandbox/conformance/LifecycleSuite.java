package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.RunEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starting, listening, stopping, and many at once. */
abstract class LifecycleSuite extends Suite {
  @Test
  void passesItsProbe() {
    ProbeReport report = sandbox().probe();
    assertThat(report.checks()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(report.checks()).allMatch(ProbeReport.Check::passed);
    assertThat(report.passed()).isTrue();
    assertThat(sandbox().runtimes())
        .contains(TaskRuntime.PYTHON, TaskRuntime.NODE, TaskRuntime.BASH, TaskRuntime.JAVA);
  }

  @Test
  void handsOnWhatIsSaidWhileTheProgramRuns() {
    Trial.Started started =
        python(
                """
                import os, time
                def main():
                    print('ready')
                    while not os.path.exists('/task/work/never'): time.sleep(0.01)
                """)
            .start();
    started.told().awaitReady();
    assertThat(started.run().end()).isNotDone();
    started.run().close();
    assertThat(started.await()).stopped();
  }

  @Test
  void keepsTheOrderOfWhatIsSaid() {
    Trial.Result result =
        bash("for i in $(seq 1000); do echo \"line $i\"; done; echo tail; printf 'no end'").run();
    List<String> expected =
        new ArrayList<>(IntStream.rangeClosed(1, 1000).mapToObj(i -> "line " + i).toList());
    expected.addAll(List.of("tail", "no end"));
    assertThat(result.told().stdout()).isEqualTo(expected);
  }

  @Test
  void keepsStdoutAndStderrApart() {
    Trial.Result result =
        bash("echo out; echo err >&2; echo 'Grüße 🌍'; printf 'bad \\377 byte\\r\\n\\n'").run();
    assertThat(result.told().stdout()).containsExactly("out", "Grüße 🌍", "bad � byte", "");
    assertThat(result.told().stderr()).containsExactly("err");
  }

  @Test
  void cutsAnEndlessLineIntoPieces() {
    Trial.Result result = bash("head -c 200000 /dev/zero | tr '\\0' 'x'; echo").run();
    assertThat(result.told().stdout()).hasSize(4).allMatch(line -> line.length() <= 65536);
    assertThat(String.join("", result.told().stdout())).isEqualTo("x".repeat(200_000));
  }

  @Test
  void tellsProgress() {
    Trial.Result result =
        python(
                """
                import json, os
                def main():
                    with open(os.environ['TASK_PROGRESS'], 'w') as progress:
                        for i in range(5):
                            progress.write(json.dumps({'fraction': i / 4, 'message': f'step {i}'}) + '\\n')
                        progress.write('nonsense\\n{"fraction": 7}\\n{"fraction":1.0}\\n')
                    return 1
                """)
            .run();
    assertThat(result).returned("1");
    assertThat(result.told().progress())
        .containsExactly(
            "0.0 step 0", "0.25 step 1", "0.5 step 2", "0.75 step 3", "1.0 step 4", "1.0 ");
    assertThat(result.told().system())
        .hasSize(1)
        .first()
        .asString()
        .contains("ignored a progress line");
  }

  @Test
  void asksAProgramToStopAndLetsItCleanUp() {
    Trial.Started started =
        bash("trap 'echo cleaned up; exit 0' TERM\necho ready\nwhile :; do sleep 0.05; done")
            .start();
    started.told().awaitReady();
    started.run().stop();
    Trial.Result result = started.await();
    assertThat(result).stopped().said("STDOUT cleaned up");
    assertThat(result.end().usage().wall()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void killsAProgramThatDoesNotStop() {
    Trial.Started started =
        bash("trap '' TERM INT HUP\necho ready\nwhile :; do sleep 0.05; done").start();
    started.told().awaitReady();
    long before = System.nanoTime();
    started.run().stop();
    started.run().stop();
    assertThat(started.await()).stopped();
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @Test
  void killsAtOnceWhenClosed() {
    Trial.Started started = bash("trap '' TERM\necho ready\nwhile :; do :; done").start();
    started.told().awaitReady();
    long before = System.nanoTime();
    started.run().close();
    assertThat(started.run().end()).isDone();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    host().assertUntouched();
    started.run().close();
    assertThat(started.await()).stopped();
  }

  @Test
  void canBeClosedBeforeItRuns() {
    Trial.Started started = python("def main(): return 1").start();
    started.run().close();
    assertThat(started.await().end()).isInstanceOfAny(RunEnd.Stopped.class, RunEnd.Returned.class);
  }

  @Test
  void canBeStoppedBeforeItRuns() {
    Trial.Started started = bash("sleep 20").start();
    started.run().stop();
    assertThat(started.await()).stopped();
  }

  @Test
  void keepsTheEndOfAProgramThatEndedBeforeItWasStopped() {
    Trial.Started started = python("def main(): return 1").start();
    Trial.Result result = started.await();
    started.run().stop();
    started.run().close();
    assertThat(result).returned("1");
  }

  @Test
  void runsManyAtOnceEachInItsOwnEnvironment() {
    List<Trial.Started> started =
        IntStream.range(0, 12)
            .mapToObj(i ->
                python(
                        """
                        import os
                        def main(i):
                          open('mine', 'w').write(str(i))
                          return [i, os.listdir('.').count('mine')]
                        """)
                    .input(Integer.toString(i))
                    .start())
            .toList();
    assertThat(started.stream().map(one -> one.run().environment()).distinct()).hasSize(12);
    for (int i = 0; i < started.size(); i++) {
      assertThat(started.get(i).await()).returned("[" + i + ",1]");
    }
  }

  @Test
  void takesLargeInputsAndFiles() {
    String text = "x".repeat(3 << 20);
    assertThat(
            python("def main(input): return [len(input), len(open('data').read())]")
                .input("\"" + text + "\"")
                .file("data", text)
                .run())
        .returned("[" + (3 << 20) + "," + (3 << 20) + "]");
  }

  @Test
  void refusesFilesThatWouldLieElsewhere() {
    for (String path :
        List.of("../escape", "/etc/passwd", "a/../../b", "a//b", ".", "x".repeat(300))) {
      assertThat(python("def main(): return 1").file(path, "text").run())
          .failed(FailureCode.CODE_ERROR)
          .withMessage("could not be laid out");
    }
    assertThat(python("def main(): return 1").file("main.py", "again").run())
        .failed(FailureCode.CODE_ERROR);
  }

  @Test
  void tellsThatTheVariablesAreTooMany() {
    assertThat(python("def main(): return 1").variable("BIG", "x".repeat(2 << 20)).run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("too long");
  }

  @Test
  void saysWhatARunUsed() {
    Trial.Result result =
        python("def main():\n  a = bytearray(20 << 20)\n  for _ in range(10**6): pass").run();
    assertThat(result.end().usage().cpu()).isBetween(Duration.ofMillis(10), Duration.ofSeconds(10));
    assertThat(result.end().usage().wall())
        .isBetween(Duration.ofMillis(10), Duration.ofSeconds(20));
    assertThat(result.end().usage().peakMemory().bytes()).isBetween(1L << 20, 160L << 20);
  }
}
