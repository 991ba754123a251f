package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What executions are told while they go on, end to end. */
final class SignalsIT {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final String TELLS =
      "import json, os\ndef main(input):\n    return json.load(open(os.environ['TASK_SIGNALS']))\n";

  private static final String APPROVED =
      "'approved':{'description':'by the owner','awaited':true,'within':'P2D','schema':{"
          + "'type':'object','required':['by'],'properties':{'by':{'type':'string',"
          + "'pattern':'^[a-z]+$'},'fast':{'type':'boolean','default':false}}}}";

  private static final String DECLARED =
      "{'signals':{" + APPROVED + ",'paid':{'awaited':true},'note':{}}}";

  private final Rest rest = Shared.rest();

  private String define(String more) {
    return Tasks.define(rest, Tasks.of("python", TELLS, more));
  }

  private Answer send(String id, String name, String payload) {
    return rest.post("/executions/" + id + "/signals/" + name, payload.replace('\'', '"'));
  }

  private void told(String id, String name, String payload) {
    Answer answer = send(id, name, payload);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }

  private String status(String id) {
    return rest.execution(id).get("status").stringValue();
  }

  @Test
  void beginsWhenEverythingItWaitsForHasCome() {
    String id = rest.start(define(DECLARED), "{}");
    JsonNode held = rest.execution(id);
    assertThat(held.get("status").stringValue()).isEqualTo("RECEIVED");
    assertThat(held.at("/waiting/for").stringValue())
        .startsWith("the signals 'approved', 'paid' until ");
    assertThat(held.get("signals"))
        .isEqualTo(
            Tasks.json("{'declared':['approved','note','paid'],'awaited':['approved','paid']}"));

    told(id, "note", "{'payload':[1.50]}");
    Answer first = send(id, "approved", "{'payload':{'by':'ada'}}");
    assertThat(first.status()).as(first.body()).isEqualTo(202);
    assertThat(first.json().get("status").stringValue()).isEqualTo("RECEIVED");
    assertThat(first.json().at("/signal/seq").intValue()).isEqualTo(2);
    assertThat(rest.execution(id).at("/waiting/for").stringValue())
        .startsWith("the signal 'paid' until ");
    told(id, "paid", "{}");

    JsonNode end = rest.await(id, LONGEST);
    assertThat(end.get("status").stringValue()).as(end.toString()).isEqualTo("COMPLETED");
    JsonNode output = end.get("output");
    assertThat(output).hasSize(3);
    assertThat(output.at("/0/name").stringValue()).isEqualTo("note");
    assertThat(output.at("/1/payload").toString()).isEqualTo("{\"by\":\"ada\",\"fast\":false}");
    assertThat(output.at("/1/by").stringValue())
        .isEqualTo(first.json().at("/signal/by").stringValue());
    assertThat(Instant.parse(output.at("/2/at").stringValue())).isBefore(Instant.now());
    assertThat(end.at("/route/method").stringValue()).isEqualTo("CONTAINER");
    assertThat(end.at("/signals/awaited")).isEmpty();
    assertThat(
            rest.get("/executions/" + id + "/timeline")
                .json()
                .get("items")
                .valueStream()
                .map(item -> item.get("type").stringValue())
                .limit(7))
        .containsExactly("status", "waiting", "signal", "signal", "waiting", "signal", "status");
  }

  @Test
  void listsWhatAnExecutionWasTold() {
    String id = rest.start(define(DECLARED), "{}");
    for (int n = 1; n <= 3; n++) {
      told(id, "note", "{'payload':" + n + ".0}");
    }
    Answer page = rest.get("/executions/" + id + "/signals?limit=2");
    assertThat(page.body()).contains("\"payload\":1.0");
    assertThat(page.json().get("items")).hasSize(2);
    String cursor = page.json().get("nextCursor").stringValue();
    JsonNode next = rest.get("/executions/" + id + "/signals?cursor=" + cursor).json();
    assertThat(next.get("items")).hasSize(1);
    assertThat(next.at("/items/0/seq").intValue()).isEqualTo(3);
    rest.post("/executions/" + id + "/terminate", "{}");
    assertThat(rest.get("/executions/" + id + "/signals").json().get("items")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deny     | {}                              | 422 | UNKNOWN_SIGNAL  |",
        "Approved | {}                              | 422 | UNKNOWN_SIGNAL  |",
        "approved | {}                              | 422 | PAYLOAD_INVALID | ",
        "approved | {'payload':{}}                  | 422 | PAYLOAD_INVALID | ",
        "approved | {'payload':{'by':'ADA'}}        | 422 | PAYLOAD_INVALID | /by",
        "approved | {'payload':{'by':'a','fast':1}} | 422 | PAYLOAD_INVALID | /fast",
        "approved | {'by':'ada'}                    | 400 | UNKNOWN_FIELD   |",
        "approved | {'payload':                     | 400 | MALFORMED_JSON  |",
        "approved | []                              | 400 | INVALID_TYPE    |",
        "note     | {'payload':1e999}               | 400 | OUT_OF_RANGE    |",
        "note     | {'payload':{'a':1,'a':2}}       | 400 | DUPLICATE_KEY   |"
      })
  void refusesWhatTheTaskDoesNotDeclare(
      String name, String body, int status, String code, String pointer) {
    String id = rest.start(define(DECLARED), "{}");
    Answer answer = send(id, name, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    if (pointer != null) {
      assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }
    assertThat(rest.get("/executions/" + id + "/signals").json().get("items")).isEmpty();
    assertThat(status(id)).isEqualTo("RECEIVED");
    rest.post("/executions/" + id + "/terminate", "{}");
  }

  @Test
  void refusesWhatComesTooLateOrTooOften() {
    String id = rest.start(define(DECLARED), "{}");
    String large = "{\"payload\":\"" + "x".repeat(3 << 20) + "\"}";
    assertThat(send(id, "note", large).status()).isEqualTo(413);
    for (int n = 0; n < 100; n++) {
      told(id, "note", "{}");
    }
    Answer full = send(id, "note", "{}");
    assertThat(full.status()).isEqualTo(409);
    assertThat(full.code()).isEqualTo("SIGNALS_FULL");
    rest.post("/executions/" + id + "/cancel", "{}");
    for (String name : List.of("note", "deny")) {
      Answer late = send(id, name, "{}");
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.code()).isEqualTo("ALREADY_ENDED");
    }
    String plain =
        rest.start(
            Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }")), "{}");
    rest.await(plain, LONGEST);
    assertThat(send(plain, "note", "{}").code()).isEqualTo("ALREADY_ENDED");
    assertThat(send("0198c5d0-7b1a-7c3d-8e4f-000000000001", "note", "{}").status()).isEqualTo(404);
  }

  @Test
  void keepsOneUnderOneKey() {
    String id = rest.start(define(DECLARED), "{}");
    String path = "/executions/" + id + "/signals/note";
    Map<String, String> key = Map.of("Idempotency-Key", "note-" + id);
    Answer first = rest.post(path, key, "{\"payload\":1}");
    assertThat(first.status()).as(first.body()).isEqualTo(202);
    assertThat(rest.post(path, key, "{ \"payload\": 1 }").body()).isEqualTo(first.body());
    Answer other = rest.post(path, key, "{\"payload\":2}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    rest.post("/executions/" + id + "/cancel", "{}");
    assertThat(rest.post(path, key, "{\"payload\":1}").body()).isEqualTo(first.body());
    assertThat(rest.get("/executions/" + id + "/signals").json().get("items")).hasSize(1);
  }

  @Test
  void failsWhenItIsNotToldInTime() {
    String id = rest.start(define("{'signals':{'go':{'awaited':true,'within':'PT1S'}}}"), "{}");
    JsonNode end = rest.await(id, LONGEST);
    assertThat(end.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(end.at("/failure/code").stringValue()).isEqualTo("TIMEOUT");
    assertThat(end.at("/failure/message").stringValue())
        .isEqualTo("it was not told in time: 'go'; nothing was run");
    assertThat(end.get("attempts")).isEmpty();
  }

  @Test
  void tellsTheNextAttemptWhatCameDuringTheOneBefore() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "cat $TASK_SIGNALS > $TASK_OUTPUT\n[ $TASK_ATTEMPT = 2 ] || { sleep 4; exit 1; }\n",
                "{'signals':{'note':{}},'retryPolicy':{'maxRetries':1,'retryInterval':'PT0.1S',"
                    + "'retryableErrors':['CODE_ERROR']}}"));
    String id = rest.start(task, "{}");
    await().atMost(LONGEST).until(() -> status(id).equals("RUNNING"));
    told(id, "note", "{'payload':'late'}");
    JsonNode end = rest.await(id, LONGEST);
    assertThat(end.get("status").stringValue()).as(end.toString()).isEqualTo("COMPLETED");
    assertThat(end.get("attempts")).hasSize(2);
    assertThat(end.at("/output/0/payload").stringValue()).isEqualTo("late");
  }

  @Test
  void runsNoSmallCodeInsideAWorkerThatIsToldSignals() {
    String task =
        Tasks.define(
            rest,
            Tasks.of("javascript", "function main() { return 1; }", "{'signals':{'note':{}}}"));
    JsonNode end = rest.run(task, "{}");
    assertThat(end.get("output").intValue()).as(end.toString()).isEqualTo(1);
    assertThat(end.at("/route/method").stringValue()).isEqualTo("CONTAINER");
    assertThat(end.at("/route/reason").stringValue()).contains("signals");
  }

  @Test
  void letsOthersPassWhileItWaits() {
    String task =
        define("{'signals':{'go':{'awaited':true}},'concurrency':{'limit':1,'onLimit':'reject'}}");
    String first = rest.start(task, "{}");
    String second = rest.start(task, "{}");
    told(second, "go", "{}");
    assertThat(rest.await(second, LONGEST).get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(status(first)).isEqualTo("RECEIVED");
    told(first, "go", "{}");
    assertThat(rest.await(first, LONGEST).get("status").stringValue()).isEqualTo("COMPLETED");
  }

  @Test
  void waitsForItsStartTimeAndTheSignal() {
    String task = define("{'signals':{'go':{'awaited':true}}}");
    Instant start = Instant.now().plusSeconds(4);
    String id =
        rest.post("/tasks/" + task + "/executions", "{\"startAt\":\"" + start + "\"}")
            .json()
            .get("id")
            .stringValue();
    told(id, "go", "{}");
    assertThat(rest.execution(id).at("/waiting/for").stringValue()).startsWith("its start time");
    JsonNode end = rest.await(id, LONGEST);
    assertThat(end.get("status").stringValue()).as(end.toString()).isEqualTo("COMPLETED");
    assertThat(Instant.parse(end.at("/executionMetadata/startTime").stringValue()))
        .isAfterOrEqualTo(start);
  }

  @Test
  void keepsWhatItIsToldWhileItIsPaused() {
    String id = rest.start(define("{'signals':{'go':{'awaited':true}}}"), "{}");
    rest.post("/executions/" + id + "/pause", "{}");
    told(id, "go", "{'payload':7}");
    assertThat(status(id)).isEqualTo("PAUSED");
    rest.post("/executions/" + id + "/resume", "{}");
    assertThat(rest.await(id, LONGEST).at("/output/0/payload").intValue()).isEqualTo(7);
  }

  @Test
  void waitsAnewWhenItIsTriedAgain() {
    String id = rest.start(define("{'signals':{'go':{'awaited':true}}}"), "{}");
    told(id, "go", "{}");
    rest.await(id, LONGEST);
    String again = rest.post("/executions/" + id + "/rerun", "{}").json().get("id").stringValue();
    assertThat(rest.execution(again).at("/signals/awaited/0").stringValue()).isEqualTo("go");
    assertThat(rest.get("/executions/" + again + "/signals").json().get("items")).isEmpty();
    rest.post("/executions/" + again + "/skip", "{\"output\":1}");
    assertThat(status(again)).isEqualTo("COMPLETED");
  }

  @Test
  void saysBeforehandWhatItWillWaitFor() {
    String task = define(DECLARED);
    JsonNode preview = rest.post("/tasks/" + task + "/preview", "{}").json();
    assertThat(preview.at("/signals/0"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"name\":\"approved\",\"description\":\"by the owner\",\"awaited\":true,"
                        + "\"within\":\"PT48H\"}"));
    assertThat(preview.at("/signals/1/awaited").booleanValue()).isFalse();
    Answer next =
        rest.call(
            "PUT",
            "/tasks/" + task,
            Map.of("If-Match", "\"1\"", "Content-Type", "application/json"),
            Tasks.of("python", TELLS, "{'name':'%s','signals':{'paid':{}}}".formatted(task))
                .toString());
    assertThat(next.status()).as(next.body()).isEqualTo(200);
    JsonNode diff = rest.get("/tasks/" + task + "/diff").json();
    assertThat(diff.get("verdict").stringValue()).isEqualTo("breaking");
    assertThat(diff.at("/signals/findings")).hasSize(2);
    assertThat(diff.at("/signals/findings/0/pointer").stringValue()).isEqualTo("/approved");
  }
}
