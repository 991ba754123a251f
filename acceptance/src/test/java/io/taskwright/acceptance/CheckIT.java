package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Checkout.Result;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tests that definitions carry, run over REST and by the command line. */
final class CheckIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DOUBLE =
      """
      def main(input):
          print("n is", input["n"])
          return {"double": input["n"] * 2}
      """;

  private final Installation installation = Shared.installation();
  private final Rest rest = Shared.rest();
  @TempDir private Path folder;

  private static ObjectNode twice(String tests) {
    return Tasks.of(
        "python",
        DOUBLE,
        "{'inputSchema':{'type':'object','required':['n'],'properties':{'n':{'type':'integer'}}},"
            + "'tests':"
            + tests
            + "}");
  }

  private JsonNode check(ObjectNode definition) {
    Answer answer = rest.post("/tasks/check", definition.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private String file(ObjectNode definition) throws IOException {
    Path file = folder.resolve(definition.get("name").stringValue() + ".json");
    return Files.writeString(file, definition.toString()).toString();
  }

  @Test
  void runsTheCodeAndTellsWhatDiffers() {
    JsonNode report =
        check(
            twice(
                "[{'name':'right','input':{'n':2},'expect':{'output':{'double':4}}},"
                    + "{'name':'wrong','input':{'n':2},'expect':{'output':{'double':5}}},"
                    + "{'name':'rejected','input':{'n':'x'},"
                    + "'expect':{'violations':[{'pointer':'/n','keyword':'type'}]}},"
                    + "{'name':'accepted','input':{'n':2},'expect':{'status':'REJECTED'}},"
                    + "{'name':'mocked','input':{'n':2},'mocks':{'output':{'double':9}},"
                    + "'expect':{'outputMatches':{'required':['double']},"
                    + "'route':{'method':'CONTAINER','pool':'default'}}}]"));

    assertThat(report.get("passed").intValue()).as(report.toString()).isEqualTo(3);
    assertThat(report.get("failed").intValue()).isEqualTo(2);
    JsonNode wrong = report.at("/tests/1");
    assertThat(wrong.at("/differences/0/pointer").stringValue()).isEqualTo("/output/double");
    assertThat(wrong.at("/differences/0/expected").intValue()).isEqualTo(5);
    assertThat(wrong.at("/differences/0/actual").intValue()).isEqualTo(4);
    assertThat(wrong.at("/log/0").stringValue()).isEqualTo("n is 2");
    assertThat(report.at("/tests/2/execution").isNull()).isTrue();
    assertThat(report.at("/tests/3/differences/0/pointer").stringValue()).isEqualTo("/status");
  }

  @Test
  void nothingOfACheckedDefinitionIsSaved() {
    ObjectNode definition = twice("[{'name':'a','input':{'n':1},'expect':{'status':'COMPLETED'}}]");
    String name = definition.get("name").stringValue();

    JsonNode report = check(definition);

    assertThat(report.at("/task/version").isNull()).isTrue();
    assertThat(rest.get("/tasks/" + name).status()).isEqualTo(404);
    assertThat(rest.get("/tasks?q=" + name).json().get("items")).isEmpty();
    JsonNode execution = rest.execution(report.at("/tests/0/execution").stringValue());
    assertThat(execution.get("dryRun").booleanValue()).isTrue();
    assertThat(execution.at("/task/name").stringValue()).isEqualTo(name);
    String id = execution.at("/task/id").stringValue();
    assertThat(rest.get("/tasks/" + id).status()).isEqualTo(404);
    assertThat(rest.post("/tasks/" + id + "/executions", "{\"input\":{\"n\":1}}").status())
        .isEqualTo(404);
    assertThat(rest.get("/logs?q=n%20is%201&limit=200").json().get("items").valueStream())
        .noneMatch(line ->
            line.get("execution").equals(execution.get("id"))); // in no list, unless asked for
    assertThat(rest.get("/logs?execution=" + execution.get("id").stringValue()).json().get("items"))
        .isNotEmpty();
  }

  @Test
  void aSavedVersionIsCheckedToo() {
    ObjectNode definition =
        twice(
            "[{'name':'one','input':{'n':1},'expect':{'output':{'double':2}}},"
                + "{'name':'two','input':{'n':2},'expect':{'output':{'double':5}}}]");
    String task = Tasks.define(rest, definition);

    Answer all = rest.call("POST", "/tasks/" + task + "/check?version=1", Map.of(), (String) null);
    Answer one = rest.call("POST", "/tasks/" + task + "/check?q=on", Map.of(), (String) null);

    assertThat(all.json().get("failed").intValue()).as(all.body()).isEqualTo(1);
    assertThat(all.json().at("/task/version").intValue()).isEqualTo(1);
    assertThat(one.json().get("tests")).hasSize(1);
    assertThat(rest.call("POST", "/tasks/" + task + "/check?version=2", Map.of(), (String) null))
        .satisfies(answer -> assertThat(answer.status()).isEqualTo(404));
    assertThat(rest.get("/executions?task=" + task).json().get("items")).isEmpty();
  }

  @Test
  void aTestThatDoesNotEndInTimeIsCancelled() {
    ObjectNode definition =
        Tasks.of(
            "python",
            "import time\ndef main(i):\n    time.sleep(100)\n",
            "{'tests':[{'name':'slow','expect':{'status':'COMPLETED'}}]}");

    JsonNode report =
        rest.post("/tasks/check", Map.of("Prefer", "wait=2"), definition.toString()).json();

    assertThat(report.at("/tests/0/passed").booleanValue()).isFalse();
    assertThat(report.at("/tests/0/differences/0/message").stringValue()).contains("cancelled");
    JsonNode ended =
        rest.await(report.at("/tests/0/execution").stringValue(), Duration.ofSeconds(60));
    assertThat(ended.get("status").stringValue()).isEqualTo("CANCELLED");
  }

  @Test
  void twentyTestsTakeSeconds() {
    ArrayNode tests = JSON.createArrayNode();
    for (int i = 0; i < 20; i++) {
      tests.add(
          Tasks.json(
              "{'name':'%d','input':{'n':%d},'expect':{'output':{'double':%d}}}"
                  .formatted(i, i, 2 * i)));
    }
    ObjectNode definition = twice("[]");
    definition.set("tests", tests);

    long begin = System.nanoTime();
    JsonNode report = check(definition);

    assertThat(report.get("passed").intValue()).as(report.toString()).isEqualTo(20);
    // 10 s is the aim on a quiet machine; one after the other they take more than this.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                                                      | 400 | BODY_REQUIRED",
        "[]                                                    | 422 | DEFINITION_INVALID",
        "{'name':'x'}                                          | 422 | DEFINITION_INVALID",
        "{'tests':[{'name':'a','expect':{'output':1},'y':1}]}  | 422 | DEFINITION_INVALID",
        "{'name':'x','name':'y'}                               | 400 | DUPLICATE_KEY"
      })
  void refusesADefinitionThatCouldNotBeSaved(String body, int status, String code) {
    String sent = body == null ? "" : body.strip().replace('\'', '"');

    Answer answer = rest.post("/tasks/check", sent);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void takesYamlAsTasksDo() {
    Answer answer =
        rest.call(
            "POST",
            "/tasks/check",
            Map.of("Content-Type", "application/yaml"),
            """
            name: y
            automated: {runtime: javascript, source: 'function main() { return 1; }'}
            tests: [{name: one, expect: {output: 1}}]
            """);

    assertThat(answer.json().path("passed").intValue()).as(answer.body()).isOne();
  }

  // --- the command line
  // ----------------------------------------------------------------------------------

  @Test
  void everyExampleKeepsWhatItPromises() {
    Result result = installation.command("check", "examples", "-o", "json", "--timeout", "600");

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(JSON.readTree(result.out()).valueStream())
        .hasSize(13)
        .allSatisfy(one -> assertThat(one.get("passed").intValue()).isPositive());
  }

  @Test
  void whatInitWritesPassesItsTests() {
    for (String runtime : List.of("python", "node", "bash", "java", "javascript")) {
      String home = folder.resolve("a-" + runtime).toString();
      Result made = Checkout.run(List.of("init", home, "--runtime", runtime));
      assertThat(made.code()).as(made.err()).isZero();
    }

    Result result = installation.command("check", folder.toString());

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("10 passed, 0 failed");
  }

  @Test
  void exitCodesTellWhatCame() throws IOException {
    String right = file(twice("[{'name':'a','input':{'n':1},'expect':{'output':{'double':2}}}]"));
    String wrong = file(twice("[{'name':'b','input':{'n':1},'expect':{'output':{'double':3}}}]"));
    String none = file(twice("[]"));
    String invalid = file(twice("[{'name':'a'}]"));
    Path junit = folder.resolve("junit.xml");

    assertThat(installation.command("check", right, none).code()).isZero();
    Result failed = installation.command("check", wrong, "--junit", junit.toString());
    Result refused = installation.command("check", invalid, wrong);
    Result filtered = installation.command("check", wrong, "--filter", "nothing");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out())
        .contains("FAILED b", "/output/double: expected 3, got 2", "0 passed, 1 failed");
    assertThat(Files.readString(junit)).contains("<failure ", "expected 3, got 2");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).contains(":1 /tests/0/expect: is required", "1 failed, 1 refused");
    assertThat(filtered.code()).isZero();
    assertThat(installation.command("check", folder.resolve("absent.yaml").toString()).code())
        .isEqualTo(2);
    assertThat(installation.command("check", "no-such-task").code()).isEqualTo(2);
    assertThat(installation.command("check").code()).isEqualTo(2);
  }
}
