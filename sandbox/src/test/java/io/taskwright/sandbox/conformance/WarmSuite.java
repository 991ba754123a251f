package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Environments that wait for their program. */
abstract class WarmSuite extends Suite {
  /** Prints a variable as the program sees it and as a process of it does. */
  private static final Map<TaskRuntime, String> VARIABLES =
      Map.of(
          TaskRuntime.PYTHON,
          """
          import os, subprocess
          print(os.environ['GREETING'])
          subprocess.run(['/bin/sh', '-c', 'echo "$GREETING"'])
          """,
          TaskRuntime.NODE,
          """
          console.log(process.env.GREETING);
          require('child_process').spawnSync('/bin/sh', ['-c', 'echo "$GREETING"'], {stdio: 'inherit'});
          """,
          TaskRuntime.BASH,
          """
          echo "$GREETING"
          /bin/sh -c 'echo "$GREETING"'
          """,
          TaskRuntime.JAVA,
          """
          public class Main {
            public static void main(String[] arguments) throws Exception {
              System.out.println(System.getenv("GREETING"));
              new ProcessBuilder("/bin/sh", "-c", "echo \\\"$GREETING\\\"").inheritIO().start().waitFor();
            }
          }
          """);

  private Trial warmed(TaskRuntime runtime, String source) {
    return Trial.of(new Warmed(raw(), host()::cool), runtime, source).memory(192);
  }

  private Sandbox raw() {
    return sandbox() instanceof Warmed warmed ? warmed.sandbox() : sandbox();
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskRuntime.class,
      names = {"PYTHON", "NODE", "BASH", "JAVA"})
  void hearTheVariablesOfTheirProgram(TaskRuntime runtime) {
    String value = "Grüße = $x \"'\n\\ 🌍";
    Trial.Started started =
        warmed(runtime, VARIABLES.get(runtime)).variable("GREETING", value).start();
    assertThat(started.run().environment()).contains("warm.");
    Trial.Result result = started.await();
    assertThat(result).returned("null");
    assertThat(String.join("\n", result.told().stdout())).isEqualTo(value + "\n" + value);
  }

  @Test
  void giveTheirProgramItsInputOnStdin() {
    for (TaskRuntime runtime : List.of(TaskRuntime.PYTHON, TaskRuntime.BASH)) {
      String source = runtime == TaskRuntime.BASH ? "cat" : "print(input())";
      Trial.Result result = warmed(runtime, source).input("{\"a\":1}").run();
      assertThat(result).returned("null").said("STDOUT {\"a\":1}");
    }
  }

  @Test
  void areUsedOnce() {
    List<Trial.Started> runs =
        Stream.generate(() ->
                warmed(
                        TaskRuntime.BASH,
                        "ls /task/work /task/tmp /dev/shm | grep mine\n"
                            + "touch /task/work/mine /task/tmp/mine /dev/shm/mine; echo done")
                    .start())
            .limit(4)
            .toList();
    for (Trial.Started run : runs) {
      assertThat(run.await().told().stdout()).containsExactly("done");
    }
    assertThat(runs.stream().map(run -> run.run().environment()).distinct()).hasSize(4);
  }

  @Test
  void areTakenByProgramsOfTheirKindOnly() {
    assertThat(warmed(TaskRuntime.BASH, "echo first").run()).said("STDOUT first");
    Trial.Started larger = Trial.of(raw(), TaskRuntime.BASH, "echo larger").memory(256).start();
    assertThat(larger.run().environment()).doesNotContain("warm.");
    assertThat(larger.await()).said("STDOUT larger");
  }

  @Test
  void leadOnlyWhereTheirOwnProgramMayGo() throws IOException {
    try (WebServer allowed = WebServer.plain();
        WebServer other = WebServer.plain()) {
      String get =
          """
          from urllib.request import urlopen
          def main(address):
              return urlopen('http://' + address + '/', timeout=20).read().decode()
          """;
      assertThat(
              warmed(TaskRuntime.PYTHON, get)
                  .egress(allowed.address())
                  .input("\"" + allowed.address() + "\"")
                  .run())
          .returned("\"hello\"");
      assertThat(
              warmed(TaskRuntime.PYTHON, get)
                  .egress(allowed.address())
                  .input("\"" + other.address() + "\"")
                  .run())
          .failed(FailureCode.EGRESS_DENIED);
    }
  }

  @Test
  void waitWithoutAnyThingOfAProgram() {
    assertThat(warmed(TaskRuntime.PYTHON, "print('x')").run()).returned("null");
    Trial.Result result =
        warmed(
                TaskRuntime.BASH,
                "cat /proc/self/environ | tr '\\0' '\\n'; ls /proc/self/fd; ls -A /task/work")
            .variable("MINE", "1")
            .run();
    assertThat(result.told().stdout()).contains("MINE=1").doesNotContain("200");
  }
}
