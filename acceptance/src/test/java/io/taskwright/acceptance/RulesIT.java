package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the rules of a definition block and warn of, end to end. */
final class RulesIT {
  private static final String RULES =
      "{'inputSchema':{'properties':{'n':{'type':'integer'}}},'rules':["
          + "{'on':'input','when':'input.n > 10','then':'block','message':'at most ten'},"
          + "{'on':'input','when':'input.n > 9','then':'warn','message':'many'},"
          + "{'on':'output','when':'output > 2 * input.n','then':'block','message':'it grew'},"
          + "{'on':'output','when':'output == 9','then':'warn','message':'nine'}]}";

  private final Rest rest = Shared.rest();

  private String ruled(String runtime, String source) {
    return Tasks.define(rest, Tasks.of(runtime, source, RULES));
  }

  private JsonNode run(String task, String input) {
    return rest.await(rest.start(task, input), Duration.ofSeconds(60));
  }

  private static void assertStatus(JsonNode execution, String status) {
    assertThat(execution.get("status").stringValue()).as(execution.toString()).isEqualTo(status);
  }

  @Test
  void rejectsWhatARuleBlocksAndRunsNothing() {
    JsonNode execution = run(ruled("javascript", "function main(i) { return 1; }"), "{\"n\":11}");

    assertStatus(execution, "REJECTED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("RULE_BLOCKED");
    assertThat(execution.at("/failure/message").stringValue()).contains("/rules/0", "at most ten");
    assertThat(execution.at("/failure/details/0/stage").stringValue()).isEqualTo("rules");
    assertThat(execution.at("/failure/details/0/pointer").stringValue()).isEqualTo("/rules/0");
    assertThat(execution.get("attempts")).isEmpty();
  }

  @Test
  void rejectsWhatARuleCannotBeAskedOf() {
    JsonNode execution = run(ruled("javascript", "function main(i) { return 1; }"), "{}");

    assertStatus(execution, "REJECTED");
    assertThat(execution.at("/failure/details/0/message").stringValue())
        .contains("could not be evaluated", "'n'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "javascript | function main(i) { return i.n - 1; }",
        "python | def main(i): return i['n'] - 1",
      })
  void keepsWarningsWithTheExecutionAndInItsLog(String runtime, String source) {
    JsonNode execution = run(ruled(runtime, source), "{\"n\":10}");

    assertStatus(execution, "COMPLETED");
    assertThat(execution.get("warnings").valueStream().map(w -> w.get("message").stringValue()))
        .containsExactly("many", "nine");
    assertThat(execution.at("/warnings/1/pointer").stringValue()).isEqualTo("/rules/3");
    Answer log = rest.get("/logs?level=WARN&execution=" + execution.get("id").stringValue());
    assertThat(log.body()).contains("rules /rules/1: many").contains("rules /rules/3: nine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "javascript | function main(i) { return i.n * 3; }",
        "python | def main(i): return i['n'] * 3",
      })
  void failsWhoseOutputARuleBlocks(String runtime, String source) {
    JsonNode execution = run(ruled(runtime, source), "{\"n\":1}");

    assertStatus(execution, "FAILED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("OUTPUT_INVALID");
    assertThat(execution.at("/failure/details/0/pointer").stringValue()).isEqualTo("/rules/2");
    assertThat(execution.at("/failure/details/0/stage").stringValue()).isEqualTo("rules");
    assertThat(execution.get("output").isNull()).isTrue();
  }

  @Test
  void failsWhoseOutputBreaksItsSchema() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript",
                "function main(i) { return {}; }",
                "{'outputSchema':{'required':['sum']}}"));
    JsonNode execution = run(task, "{}");

    assertStatus(execution, "FAILED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("OUTPUT_INVALID");
    assertThat(execution.at("/failure/details/0/stage").stringValue()).isEqualTo("shape");
    assertThat(execution.at("/failure/details/0/keyword").stringValue()).isEqualTo("required");
  }

  @Test
  void saysInThePreviewWhatRulesSay() {
    String task = ruled("javascript", "function main(i) { return 1; }");

    JsonNode blocked = rest.post("/tasks/" + task + "/preview", "{\"input\":{\"n\":11}}").json();
    assertThat(blocked.get("valid").booleanValue()).isFalse();
    assertThat(blocked.at("/errors/0/pointer").stringValue()).isEqualTo("/rules/0");
    JsonNode warned = rest.post("/tasks/" + task + "/preview", "{\"input\":{\"n\":10}}").json();
    assertThat(warned.get("valid").booleanValue()).isTrue();
    assertThat(warned.at("/warnings/0/code").stringValue()).isEqualTo("RULE");
    assertThat(warned.at("/warnings/0/message").stringValue()).isEqualTo("many");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constructor.constructor('x')()",
        "T(java.lang.Runtime).getRuntime()",
        "${7*7}",
        "#{7*7}",
        "{{7*7}}",
        "while(true){}",
        "java.lang.System.exit(1)",
        "1 + 1",
        "input.n > 'x' + 1",
        "output.x",
      })
  void refusesAConditionThatIsNoneWhenTheTaskIsSaved(String when) {
    var definition = Tasks.of("python", "def main(i): return 1");
    definition
        .putArray("rules")
        .addObject()
        .put("on", "input")
        .put("when", when)
        .put("then", "block")
        .put("message", "m");
    Answer answer = rest.post("/tasks", definition.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/rules/0/when");
    assertThat(answer.json().at("/errors/0/keyword").stringValue()).isEqualTo("INVALID_EXPRESSION");
    assertThat(answer.json().at("/errors/0/message").stringValue()).contains("line 1");
    JsonNode validated = rest.post("/tasks/validate", definition.toString()).json();
    assertThat(validated.at("/errors/0/pointer").stringValue()).isEqualTo("/rules/0/when");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'$ref':'http://127.0.0.1:1/x'} | /inputSchema/$ref",
        "{'$ref':'file:///etc/passwd'} | /inputSchema/$ref",
        "{'properties':{'a':{'pattern':'(?=a)b'}}} | /inputSchema/properties/a/pattern",
        "{'pattern':'((a{1000}){1000}){1000}'} | /inputSchema/pattern",
        "{'$ref':'#/$defs/none'} | /inputSchema",
        "{'type':'strin'} | /inputSchema/type",
      })
  void refusesASchemaThatIsNone(String schema, String pointer) {
    Answer answer =
        rest.post(
            "/tasks",
            Tasks.of("python", "def main(i): return 1", "{'inputSchema':" + schema + "}")
                .toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    assertThat(answer.json().at("/errors/0/keyword").stringValue()).isEqualTo("INVALID_SCHEMA");
  }

  @Test
  void answersSoonWhatACatastrophicPatternOrExpressionIsAskedOf() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript",
                "function main(i) { return 1; }",
                "{'inputSchema':{'properties':{'s':{'pattern':'^(a+)+$'}}},"
                    + "'rules':[{'on':'input','when':"
                    + "'input.l.map(x, input.l.map(y, input.l)).size() > 0',"
                    + "'then':'block','message':'m'}]}"));
    Answer refused =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"input\":{\"s\":\"" + "a".repeat(50_000) + "!\"}}");
    assertThat(refused.status()).isEqualTo(422);
    StringBuilder list = new StringBuilder("[0");
    for (int i = 1; i < 5_000; i++) {
      list.append(',').append(i);
    }
    JsonNode execution = run(task, "{\"l\":" + list + "]}");
    assertStatus(execution, "REJECTED");
    assertThat(execution.at("/failure/message").stringValue()).contains("could not be evaluated");
  }
}
