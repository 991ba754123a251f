package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A dry run goes the whole way and has no effect. */
final class DryRunIT {
  private static final String SHAPES =
      "'inputSchema':{'type':'object','properties':{'n':{'type':'integer','default':3}}},"
          + "'outputSchema':{'type':'integer'}";

  private final Rest rest = Shared.rest();

  private Answer ask(String task, String body) {
    return rest.post("/tasks/" + task + "/dry-run", body.replace('\'', '"'));
  }

  private JsonNode dryRun(String task, String body) {
    Answer answer = ask(task, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static ObjectNode definition(String more) {
    return Tasks.of("javascript", "function main(i) { return i.n; }", "{" + SHAPES + more + "}");
  }

  private String task(String more) {
    return Tasks.define(rest, definition(more));
  }

  /** How many executions ended so, as the metrics say. */
  private double rejected() {
    return rest.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("taskwright_executions_ended_total{status=\"REJECTED\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static String text(JsonNode json, String pointer) {
    return json.at(pointer).asString("");
  }

  @Test
  void saysWhatItWouldDoAndDoesNotDoIt() {
    ObjectNode definition = definition("");
    Tasks.withConfig(definition, "{'pool':'nobody-serves-this-either'}");
    String task = Tasks.define(rest, definition);

    JsonNode answer = dryRun(task, "{}");

    assertThat(text(answer, "/outcome")).isEqualTo("WOULD_RUN");
    assertThat(answer.has("output")).isFalse();
    assertThat(text(answer, "/wouldHave/0/instead")).isEqualTo("noted");
    assertThat(text(answer, "/wouldHave/0/pool")).isEqualTo("nobody-serves-this-either");
    JsonNode execution = rest.execution(text(answer, "/execution"));
    assertThat(execution.get("dryRun").booleanValue()).isTrue();
    assertThat(execution.get("wouldHave")).isEqualTo(answer.get("wouldHave"));
    assertThat(text(execution, "/executionMetadata/executionEnvironment")).isEqualTo("recorder");
    assertThat(execution.at("/input/n").intValue()).isEqualTo(3);
  }

  @Test
  void codeThatMayRunRuns() {
    JsonNode answer = dryRun(task(",'dryRun':'run'"), "{'input':{'n':8}}");

    assertThat(text(answer, "/outcome")).isEqualTo("COMPLETED");
    assertThat(answer.get("output").intValue()).isEqualTo(8);
    assertThat(text(answer, "/wouldHave/0/instead")).isEqualTo("closed");
    assertThat(text(answer, "/wouldHave/0/method")).isEqualTo("IN_PROCESS");
  }

  @Test
  void aMockStandsForTheWork() {
    String task = task(",'dryRun':'run'");

    JsonNode given = dryRun(task, "{'mocks':{'output':41}}");
    JsonNode wrong = dryRun(task, "{'mocks':{'output':'x'}}");
    JsonNode failed =
        dryRun(task, "{'mocks':{'failure':{'code':'WORKER_LOST','message':'it went silent'}}}");

    assertThat(given.get("output").intValue()).isEqualTo(41);
    assertThat(text(given, "/wouldHave/0/instead")).isEqualTo("mocked");
    assertThat(text(wrong, "/outcome")).isEqualTo("FAILED");
    assertThat(text(wrong, "/failure/code")).isEqualTo("OUTPUT_INVALID");
    assertThat(text(failed, "/failure/code")).isEqualTo("WORKER_LOST");
    assertThat(text(failed, "/failure/message")).isEqualTo("it went silent");
  }

  @Test
  void keepsTheRulesAndMakesNoChecks() {
    String task =
        task(
            ",'checks':[{'http':{'url':'http://nobody.invalid/'}}],'dryRun':'run',"
                + "'rules':[{'on':'input','when':'input.n > 9','then':'block','message':'many'},"
                + "{'on':'output','when':'output > 5','then':'warn','message':'much'}]");

    JsonNode ran = dryRun(task, "{'input':{'n':8}}");
    JsonNode blocked = dryRun(task, "{'input':{'n':10}}");

    assertThat(text(ran, "/outcome")).isEqualTo("COMPLETED");
    assertThat(text(ran, "/wouldHave/1/step")).isEqualTo("checks");
    assertThat(text(ran, "/wouldHave/1/asks/0")).isEqualTo("GET http://nobody.invalid/");
    assertThat(text(rest.execution(text(ran, "/execution")), "/warnings/0/message"))
        .isEqualTo("much");
    assertThat(text(blocked, "/outcome")).isEqualTo("REJECTED");
    assertThat(text(blocked, "/failure/code")).isEqualTo("RULE_BLOCKED");
  }

  @Test
  void isInNoListNoMetricAndNoPrediction() {
    String task = task(",'dryRun':'run'");
    double before = rejected();
    String dry = text(dryRun(task, "{}"), "/execution");
    String blocking =
        task(",'rules':[{'on':'input','when':'true','then':'block','message':'closed'}]");
    assertThat(text(dryRun(blocking, "{}"), "/outcome")).isEqualTo("REJECTED");
    assertThat(rejected()).isEqualTo(before);
    assertThat(text(rest.run(blocking, "{}"), "/status")).isEqualTo("REJECTED");
    await().untilAsserted(() -> assertThat(rejected()).isEqualTo(before + 1));

    assertThat(rest.get("/executions?task=" + task).json().get("items")).isEmpty();
    JsonNode only = rest.get("/executions?dryRun=true&task=" + task).json();
    assertThat(text(only, "/items/0/id")).isEqualTo(dry);
    assertThat(rest.post("/tasks/" + task + "/preview", "{}").json().get("expected").isNull())
        .isTrue();
    assertThat(rest.get("/executions?dryRun=maybe").code()).isEqualTo("INVALID_PARAMETER");
  }

  @Test
  void isInNoBatchAndNoPublishCheck() {
    ObjectNode definition = definition(",'dryRun':'run'");
    String task = Tasks.define(rest, definition);
    dryRun(task, "{}");
    dryRun(task, "{'mocks':{'failure':{'code':'TIMEOUT'}}}");
    String retry = "{\"operation\":\"retry\",\"filter\":{\"task\":\"" + task + "\"}}";

    assertThat(rest.post("/batches/preview", retry).json().get("count").intValue()).isZero();
    assertThat(rest.post("/batches", retry).json().get("total").intValue()).isZero();
    assertThat(
            rest.post("/batches/preview", retry.replace("\"task\"", "\"dryRun\":true,\"task\""))
                .code())
        .isEqualTo("UNKNOWN_FIELD");
    JsonNode published =
        rest.post("/tasks/" + task + "/publish-check", definition.toString()).json();
    assertThat(published.get("checked").intValue()).as(published.toString()).isZero();
    rest.run(task, "{}");
    assertThat(rest.post("/batches/preview", retry).json().get("count").intValue()).isOne();
  }

  @Test
  void limitsDoNotHoldItAndItCountsForNone() {
    JsonNode made = rest.post("/projects", "{\"name\":\"" + Tasks.name("dry") + "\"}").json();
    Rest mine = rest.as(made.at("/key/secret").stringValue());
    ObjectNode definition =
        definition(
            ",'dryRun':'run','concurrency':{'limit':1,'key':'string(input.n)','onLimit':'reject'},"
                + "'rate':{'limit':1,'per':'PT1H','onLimit':'reject'}");
    String task = Tasks.define(mine, definition);
    String limits = "{\"inFlight\":1,\"quota\":1,\"startsPerMinute\":1}";
    Map<String, String> type = Map.of("Content-Type", "application/json");
    assertThat(mine.call("PUT", "/settings/limits", type, limits).status()).isEqualTo(200);

    for (int i = 0; i < 3; i++) {
      Answer answer = mine.post("/tasks/" + task + "/dry-run", "{\"input\":{\"n\":7}}");
      assertThat(text(answer.json(), "/outcome")).as(answer.body()).isEqualTo("COMPLETED");
      assertThat(text(answer.json(), "/wouldHave/0/step")).isEqualTo("limits");
      assertThat(text(answer.json(), "/wouldHave/0/concurrency/key")).isEqualTo("7");
    }

    JsonNode preview = mine.post("/tasks/" + task + "/preview", "{\"input\":{\"n\":7}}").json();
    assertThat(preview.at("/limits/rate/used").intValue()).isZero();
    assertThat(preview.get("warnings")).isEmpty();
    assertThat(mine.run(task, "{\"input\":{\"n\":7}}").get("status").stringValue())
        .isEqualTo("COMPLETED");
    assertThat(mine.post("/tasks/" + task + "/executions", "{\"input\":{\"n\":7}}").status())
        .isEqualTo(429);
    assertThat(mine.post("/tasks/" + task + "/dry-run", "{\"input\":{\"n\":7}}").status())
        .isEqualTo(200);
  }

  @Test
  void isNotDoneAgain() {
    String id = text(dryRun(task(""), "{'mocks':{'failure':{'code':'TIMEOUT'}}}"), "/execution");

    for (String verb : new String[] {"retry", "rerun"}) {
      Answer answer = rest.post("/executions/" + id + "/" + verb, "{}");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.code()).isEqualTo("DRY_RUN");
    }
  }

  @Test
  void takesAKnownResultAndKeepsNone() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript",
                "function main() { return Math.random(); }",
                "{'cache':{'ttl':'PT1H'},'dryRun':'run'}"));
    JsonNode first = dryRun(task, "{}");
    JsonNode second = dryRun(task, "{}");
    assertThat(first.get("output")).isNotEqualTo(second.get("output"));
    assertThat(text(second, "/wouldHave/1/step")).isEqualTo("keep-result");

    JsonNode real = rest.run(task, "{}");

    assertThat(real.get("cached").isNull()).isTrue();
    JsonNode third = dryRun(task, "{}");
    assertThat(third.get("output")).isEqualTo(real.get("output"));
    assertThat(text(third, "/wouldHave/0/step")).isEqualTo("known-result");
  }

  @Test
  void codeHasNoSecretsAndKeepsNoFiles() {
    String secret = "DRY_" + ProcessHandle.current().pid();
    rest.call(
        "PUT",
        "/secrets/" + secret,
        Map.of("Content-Type", "application/json"),
        "{\"value\":\"nobody sees this\"}");
    ObjectNode definition =
        Tasks.of(
            "python",
            """
            import os
            def main(input):
                open("left.txt", "w").write("x")
                return [os.environ.get("TASK_SECRETS"), os.path.exists("/task/secrets.json")]
            """,
            "{'dryRun':'run'}");
    definition.withObject("/automated").putArray("secrets").add(secret);
    definition.withObject("/automated").putArray("outputFiles").add("left.txt");

    JsonNode answer = dryRun(Tasks.define(rest, definition), "{}");

    assertThat(answer.get("output")).as(answer.toString()).hasToString("[null,false]");
    assertThat(text(answer, "/wouldHave/0/secrets/0")).isEqualTo(secret);
    assertThat(text(answer, "/wouldHave/0/artifacts/0")).isEqualTo("left.txt");
    assertThat(
            rest.get("/executions/" + text(answer, "/execution") + "/artifacts")
                .json()
                .get("items"))
        .isEmpty();
  }

  @Test
  void whoDoesNotWaitGetsTheExecution() {
    Answer answer = rest.post("/tasks/" + task("") + "/dry-run", Map.of("Prefer", "wait=0"), "{}");

    assertThat(answer.status()).isEqualTo(202);
    JsonNode ended = rest.await(text(answer.json(), "/id"), Duration.ofSeconds(60));
    assertThat(ended.get("dryRun").booleanValue()).isTrue();
    assertThat(ended.at("/wouldHave/0/instead").stringValue()).isEqualTo("noted");
  }

  @Test
  void isTheSameWorkflowInTemporal() {
    String task = task("");
    String id = text(dryRun(task, "{}"), "/execution");
    String ui = Shared.installation().status().get("temporalUi").stringValue();
    Rest temporal = new Rest(URI.create(ui + "/api/v1"), null);
    String workflow =
        "/namespaces/taskwright/workflows/"
            + URLEncoder.encode("default/" + id, StandardCharsets.UTF_8);

    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> {
          JsonNode run = temporal.get(workflow).json();
          assertThat(text(run, "/workflowExecutionInfo/type/name")).isEqualTo(task);
          assertThat(text(run, "/workflowExecutionInfo/status"))
              .isEqualTo("WORKFLOW_EXECUTION_STATUS_COMPLETED");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'version':9}                                    | 404 | NOT_FOUND",
        "{'inputs':{}}                                    | 400 | UNKNOWN_FIELD",
        "{'priority':3}                                   | 400 | UNKNOWN_FIELD",
        "[]                                               | 400 | INVALID_TYPE",
        "{'input':{'n':'x'}}                              | 422 | INPUT_INVALID",
        "{'mocks':1}                                      | 422 | VALUE_INVALID",
        "{'mocks':{}}                                     | 422 | VALUE_INVALID",
        "{'mocks':{'output':1,'failure':{'code':'TIMEOUT'}}} | 422 | VALUE_INVALID",
        "{'mocks':{'failure':{'code':'INPUT_INVALID'}}}   | 422 | VALUE_INVALID",
        "{'mocks':{'failure':{'code':'TIMEOUT','x':1}}}   | 422 | VALUE_INVALID",
        "{'files':{'a':'b'}}                              | 422 | VALUE_INVALID"
      })
  void refusesWhatCannotBeMeant(String body, int status, String code) {
    String task = task("");

    Answer answer = ask(task, body.strip());

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(rest.get("/executions?dryRun=true&task=" + task).json().get("items")).isEmpty();
  }

  @Test
  void anotherProjectsTaskIsNotThere() {
    JsonNode project = rest.post("/projects", "{\"name\":\"" + Tasks.name("dry") + "\"}").json();
    Rest other = rest.as(project.at("/key/secret").stringValue());

    assertThat(other.post("/tasks/" + task("") + "/dry-run", "{}").status()).isEqualTo(404);
  }

  @Test
  void waitsForNoSignalAndSaysForWhichOneWould() {
    ObjectNode definition =
        Tasks.of(
            "bash",
            "cp $TASK_SIGNALS $TASK_OUTPUT\n",
            "{'dryRun':'run','signals':{'paid':{'awaited':true},'note':{}}}");
    Answer answer = rest.post("/tasks/" + Tasks.define(rest, definition) + "/dry-run", "{}");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(text(answer.json(), "/outcome")).isEqualTo("COMPLETED");
    assertThat(answer.json().get("output")).isEmpty();
    assertThat(text(answer.json(), "/wouldHave/0/step")).isEqualTo("signals");
    assertThat(answer.json().at("/wouldHave/0/awaited")).hasSize(1);
    assertThat(text(answer.json(), "/wouldHave/0/awaited/0")).isEqualTo("paid");
  }
}
