package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;

import io.taskwright.model.execution.FailureCode;
import org.junit.jupiter.api.Test;

/** The code's contract in Bash. */
abstract class BashSuite extends Suite {
  @Test
  void callsMainWithTheInputAndTakesWhatItPrints() {
    assertThat(
            bash("""
            echo loading
            main() {
              echo working >&2
              read -r line
              printf '{"argument":%s,"stdin":%s}' "$1" "$line"
            }
            """)
                .input("{\"n\":1}")
                .run())
        .returned("{\"argument\":{\"n\":1},\"stdin\":{\"n\":1}}")
        .said("STDOUT loading", "STDERR working");
  }

  @Test
  void runsAProgramWithoutMain() {
    assertThat(
            bash("echo said; [ \"$(cat)\" = \"$(cat \"$TASK_INPUT\")\" ] && echo '[true]'"
                    + " >\"$TASK_OUTPUT\"")
                .input("[1]")
                .run())
        .returned("[true]")
        .said("STDOUT said");
  }

  @Test
  void doesNotCallAMainThatTheProgramCallsItself() {
    assertThat(
            bash("main() {\n  echo once\n  echo 1 >\"$TASK_OUTPUT\"\n}\n\nmain \"$@\"\n# the end\n")
                .run())
        .returned("1")
        .said("STDOUT once");
  }

  @Test
  void returnsNullIfNothingIsPrinted() {
    assertThat(bash("main() { :; }").run()).returned("null");
  }

  @Test
  void tellsTheExitCodeAndTheLastWords() {
    assertThat(bash("echo 'cannot go on' >&2; exit 7").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("exited with code 7")
        .withDetail("exitCode", "7")
        .withDetail("stackTrace", "cannot go on");
    assertThat(bash("main() { return 9; }").run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("exitCode", "9");
    assertThat(bash("if then").run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("stackTrace", "syntax error");
  }

  @Test
  void tellsTheSignalThatEndedIt() {
    assertThat(bash("kill -SEGV $$").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("SIGSEGV")
        .withDetail("signal", "SIGSEGV");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(bash("main() { echo hello; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("hello");
    assertThat(bash("main() { echo 1; echo 2; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("something follows");
    assertThat(bash("main() { printf '\\xff\\xfe'; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("UTF-8");
  }

  @Test
  void runsTheOtherFilesOfTheBundle() {
    assertThat(
            bash("source lib.sh\nmain() { ./tool; add 1 2; }")
                .file("lib.sh", "add() { echo $(($1 + $2)); }")
                .file("tool", "#!/bin/sh\necho tool >&2\n")
                .run())
        .returned("3")
        .said("STDERR tool");
  }

  @Test
  void seesItsVariablesAndTheContracts() {
    assertThat(
            bash("main() { echo"
                     + " \"[\\\"$TASK_ID\\\",\\\"$WORKFLOW_ID\\\",\\\"$MINE\\\",\\\"$TASK_INPUT\\\",\\\"$(pwd)\\\",\\\"$HOME\\\"]\";"
                     + " }")
                .variable("TASK_ID", "01")
                .variable("WORKFLOW_ID", "")
                .variable("MINE", "a b\nc=d".replace('\n', ' '))
                .variable("TASK_INPUT", "/etc/passwd")
                .run())
        .returned("[\"01\",\"\",\"a b c=d\",\"/task/input.json\",\"/task/work\",\"/task/work\"]");
  }

  @Test
  void findsSecretsInAFileOfItsOwnAndNowhereElse() {
    assertThat(
            bash("main() { stat -c '\"%a %n\"' $TASK_SECRETS; }")
                .secret("TOKEN", "s3cr3t \"value\"")
                .run())
        .returned("\"400 /task/secrets.json\"");
    assertThat(bash("main() { cat $TASK_SECRETS; }").secret("TOKEN", "s3cr3t \"v\"").run())
        .returned("{\"TOKEN\":\"s3cr3t \\\"v\\\"\"}");
    assertThat(
            bash("main() { cat /proc/*/environ /proc/*/cmdline 2>/dev/null | grep -c s3cr[3]t; }")
                .secret("TOKEN", "s3cr3t")
                .run())
        .failed(FailureCode.CODE_ERROR); // grep found nothing
    assertThat(
            bash("main() { echo \"[\\\"$TASK_SECRETS\\\"]\"; ls /task/secrets.json >&2 || true; }")
                .run())
        .returned("[\"\"]");
  }

  @Test
  void findsWhatItWasToldInAFile() {
    assertThat(bash("main() { cat $TASK_SIGNALS; }").told("[{\"seq\":1}]").run())
        .returned("[{\"seq\":1}]");
    assertThat(bash("main() { echo \"[\\\"$TASK_SIGNALS\\\"]\"; }").run()).returned("[\"\"]");
  }
}
