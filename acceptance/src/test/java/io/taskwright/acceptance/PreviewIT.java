package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a start would do is said, and not done. */
final class PreviewIT {
  private final Rest rest = Shared.rest();

  private JsonNode preview(String task, String body) {
    Answer answer = rest.post("/tasks/" + task + "/preview", body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> warnings(JsonNode preview) {
    return preview
        .get("warnings")
        .valueStream()
        .map(warning -> warning.get("code").stringValue())
        .toList();
  }

  private String small() {
    return Tasks.define(
        rest,
        Tasks.of(
            "javascript",
            "function main(input) { return input.n; }",
            "{'inputSchema':{'type':'object','required':['n'],"
                + "'properties':{'n':{'type':'integer'},'m':{'default':7}}}}"));
  }

  @Test
  void saysWhereItWouldGoAndStartsNothing() {
    String task = small();

    JsonNode preview = preview(task, "{'input':{'n':1}}");

    assertThat(preview.get("valid").booleanValue()).isTrue();
    assertThat(preview.get("errors")).isEmpty();
    assertThat(preview.at("/task/version").intValue()).isEqualTo(1);
    assertThat(preview.at("/input/m").intValue()).isEqualTo(7);
    assertThat(preview.at("/route/method").stringValue()).isEqualTo("IN_PROCESS");
    assertThat(preview.at("/route/reason").stringValue()).contains("simple");
    assertThat(preview.at("/limits/attempt").stringValue()).isEqualTo("PT5S");
    assertThat(preview.at("/limits/attempts").intValue()).isEqualTo(4);
    assertThat(preview.get("expected").isNull()).isTrue();
    assertThat(preview.get("capacity").isNull()).isTrue();
    assertThat(preview.get("warnings")).isEmpty();
    assertThat(rest.get("/executions?task=" + task).json().get("items")).isEmpty();
  }

  @Test
  void saysEverythingForWhichItWouldBeRefused() {
    String task = small();

    JsonNode preview = preview(task, "{'input':{'n':'x'},'files':{}}");

    assertThat(preview.get("valid").booleanValue()).isFalse();
    assertThat(preview.at("/errors/0/pointer").stringValue()).isEqualTo("/n");
    assertThat(preview.has("route")).isFalse();
    JsonNode files = preview(task, "{'input':{'n':1},'files':{'a':'b'}}");
    assertThat(files.at("/errors/0/pointer").stringValue()).isEqualTo("/files/a");
  }

  @Test
  void warnsOfAPoolThatNobodyServes() {
    String task =
        Tasks.define(
            rest,
            Tasks.withConfig(Tasks.of("bash", "true\n", "{}"), "{'pool':'nobody-serves-this'}"));

    JsonNode preview = preview(task, "{}");

    assertThat(warnings(preview)).containsExactly("NO_EXECUTOR");
    assertThat(preview.at("/capacity/slots").intValue()).isZero();
    assertThat(preview.at("/warnings/0/message").stringValue())
        .contains("nobody-serves-this", "PT1H");
  }

  @Test
  void saysHowLongItMayTakeAndWhatItComesNearTo() {
    String task =
        Tasks.define(
            rest,
            Tasks.withConfig(
                Tasks.of(
                    "python",
                    """
                    import time
                    def main(n):
                        x = bytearray(54 << 20)
                        for i in range(0, len(x), 4096): x[i] = 1
                        time.sleep(1.7)
                    """,
                    "{}"),
                "{'resourceRequirements':{'memory':'64Mi','timeoutSeconds':2}}"));
    assertThat(warnings(preview(task, "{}"))).doesNotContain("NEAR_TIMEOUT", "NEAR_MEMORY");
    for (int i = 0; i < 3; i++) {
      JsonNode execution = rest.await(rest.start(task, "{}"), Duration.ofSeconds(60));
      assertThat(execution.get("status").stringValue())
          .as(execution.toString())
          .isEqualTo("COMPLETED");
    }

    JsonNode preview = preview(task, "{}");

    assertThat(preview.at("/expected/sample").intValue()).isEqualTo(3);
    Duration half = Duration.parse(preview.at("/expected/p50").stringValue());
    assertThat(half).isBetween(Duration.ofMillis(1700), Duration.ofSeconds(20));
    assertThat(Duration.parse(preview.at("/expected/p90").stringValue()))
        .isGreaterThanOrEqualTo(half);
    assertThat(warnings(preview))
        .contains("NEAR_TIMEOUT", "NEAR_MEMORY")
        .doesNotContain("NO_EXECUTOR", "NO_RUNTIME");
    assertThat(preview.at("/capacity/slots").intValue()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'version':9}      | 404 | NOT_FOUND",
        "{'inputs':{}}      | 400 | UNKNOWN_FIELD",
        "{'priority':9}     | 400 | OUT_OF_RANGE",
        "[]                 | 400 | INVALID_TYPE"
      })
  void refusesWhatAStartRefusesAsNoRequest(String body, int status, String code) {
    Answer answer = rest.post("/tasks/" + small() + "/preview", body.strip().replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }
}
