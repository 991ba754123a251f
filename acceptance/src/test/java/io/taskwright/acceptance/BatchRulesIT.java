package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a batch says of its executions, and what it refuses. */
class BatchRulesIT {
  private static final Rest REST = Shared.rest();
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String ABSENT = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
  private static String task = "";

  @BeforeAll
  static void defineATask() {
    task =
        Tasks.define(
            REST,
            Tasks.of(
                "javascript",
                "function main(i) { if (i.n < 2) throw new Error('small'); return i.n; }",
                "{'retryPolicy':{'maxRetries':0},'inputSchema':{'required':['n']}}"));
  }

  private static String ended(int n) {
    return REST.await(REST.start(task, "{\"n\":" + n + "}"), LONGEST).get("id").stringValue();
  }

  private static String later() {
    return REST.post(
            "/tasks/" + task + "/executions",
            "{\"input\":{\"n\":2},\"startAt\":\"" + Instant.now().plusSeconds(3600) + "\"}")
        .json()
        .get("id")
        .stringValue();
  }

  private static Answer create(String body) {
    return REST.post("/batches", body.replace('\'', '"').replace("TASK", task));
  }

  private static JsonNode done(Answer created) {
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String route = "/batches/" + created.json().get("id").stringValue();
    return await()
        .atMost(LONGEST)
        .until(() -> REST.get(route).json(), batch -> !batch.get("endedAt").isNull());
  }

  private static List<String> items(JsonNode batch) {
    return REST.get("/batches/" + batch.get("id").stringValue() + "/items")
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("status").stringValue() + item.at("/problem/code").asString(""))
        .toList();
  }

  @Test
  void saysOfEachExecutionWhatCameOfIt() {
    String failed = ended(1);
    String completed = ended(2);
    String waiting = later();
    String all = "'executions':['%s','%s','%s','%s']".formatted(failed, completed, waiting, failed);
    JsonNode retried = done(create("{'operation':'retry'," + all + "}"));
    assertThat(retried.get("total").intValue()).isEqualTo(3);
    assertThat(items(retried))
        .containsExactly("SUCCEEDED", "SKIPPEDNOTHING_FAILED", "SKIPPEDNOT_ENDED");
    JsonNode rerun =
        done(
            create(
                "{'operation':'rerun','parameters':{'input':{'n':5},'version':'latest'},"
                    + all
                    + "}"));
    assertThat(items(rerun)).containsExactly("SUCCEEDED", "SUCCEEDED", "SKIPPEDNOT_ENDED");
    JsonNode wrong = done(create("{'operation':'rerun','parameters':{'input':{}}," + all + "}"));
    assertThat(items(wrong))
        .containsExactly("FAILEDINPUT_INVALID", "FAILEDINPUT_INVALID", "SKIPPEDNOT_ENDED");
    JsonNode gone = done(create("{'operation':'retry','parameters':{'version':99}," + all + "}"));
    assertThat(gone.get("failed").intValue()).isEqualTo(1);
    JsonNode cancelled =
        done(create("{'operation':'cancel','parameters':{'reason':'x'}," + all + "}"));
    assertThat(items(cancelled))
        .containsExactly("SKIPPEDALREADY_ENDED", "SKIPPEDALREADY_ENDED", "SUCCEEDED");
    assertThat(REST.execution(waiting).at("/cancellation/reason").stringValue()).isEqualTo("x");
    String output =
        REST.get("/batches/" + rerun.get("id").stringValue() + "/items?status=SUCCEEDED&limit=1")
            .json()
            .at("/items/0/made")
            .stringValue();
    assertThat(REST.await(output, LONGEST).get("output").intValue()).isEqualTo(5);
  }

  @Test
  void previewsCountsAndIsMadeOncePerKey() {
    String label = Tasks.name("label");
    for (int i = 0; i < 3; i++) {
      REST.post(
          "/tasks/" + task + "/executions",
          "{\"input\":{\"n\":2},\"labels\":{\"l\":\"%s\"},\"startAt\":\"%s\"}"
              .formatted(label, Instant.now().plusSeconds(3600)));
    }
    String filter = "'filter':{'task':'TASK','label':'l=%s','status':'RECEIVED'}".formatted(label);
    String cancel = "{'operation':'cancel'," + filter;
    JsonNode preview =
        REST.post("/batches/preview", (cancel + "}").replace('\'', '"').replace("TASK", task))
            .json();
    assertThat(preview.get("count").intValue()).as(preview.toString()).isEqualTo(3);
    assertThat(preview.get("fitting").intValue()).isEqualTo(3);
    assertThat(preview.get("sample")).hasSize(3);
    Answer other = create(cancel + ",'expected':4}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("COUNT_DIFFERS");
    Map<String, String> key = Map.of("Idempotency-Key", label);
    String body = (cancel + ",'expected':3}").replace('\'', '"').replace("TASK", task);
    Answer first = REST.post("/batches", key, body);
    assertThat(done(first).get("succeeded").intValue()).isEqualTo(3);
    Answer again = REST.post("/batches", key, body);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    Answer conflict = REST.post("/batches", key, body.replace("cancel", "retry"));
    assertThat(conflict.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    JsonNode none = done(create(cancel + "}"));
    assertThat(none.get("state").stringValue()).isEqualTo("COMPLETED");
    assertThat(none.get("total").intValue()).isZero();
  }

  @Test
  void anAbortedOneLeavesTheRestAlone() {
    String first = later();
    String second = later();
    Answer made =
        create(
            "{'operation':'cancel','rate':0.01,'jitter':'PT1S','executions':['%s','%s']}"
                .formatted(first, second));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String route = "/batches/" + made.json().get("id").stringValue();
    await().atMost(LONGEST).until(() -> REST.get(route).json().get("done").intValue() == 1);
    assertThat(REST.get(route).json().get("state").stringValue()).isEqualTo("RUNNING");
    Answer aborted = REST.post(route + "/abort", "{\"reason\":\"enough\"}");
    assertThat(aborted.json().get("state").stringValue()).isEqualTo("ABORTED");
    assertThat(aborted.json().at("/aborted/reason").stringValue()).isEqualTo("enough");
    assertThat(REST.post(route + "/abort", "{}").body()).isEqualTo(aborted.body());
    assertThat(REST.execution(second).get("status").stringValue()).isEqualTo("RECEIVED");
    JsonNode whole = done(create("{'operation':'cancel','executions':['%s']}".formatted(second)));
    Answer late = REST.post("/batches/" + whole.get("id").stringValue() + "/abort", "{}");
    assertThat(late.status()).as(late.body()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("ALREADY_ENDED");
  }

  @Test
  void commandsManyAtOnce() {
    String first = later();
    String second = ended(2);
    String both = "'executions':['%s','%s']}".formatted(first, second);
    String[][] turns = {
      {"{'operation':'resume',", "SKIPPEDNOT_PAUSED", "RECEIVED"},
      {"{'operation':'priority','parameters':{'priority':1},", "SUCCEEDED", "RECEIVED"},
      {"{'operation':'pause',", "SUCCEEDED", "PAUSED"},
      {"{'operation':'resume',", "SUCCEEDED", "RECEIVED"},
      {"{'operation':'terminate','parameters':{'reason':'x'},", "SUCCEEDED", "CANCELLED"}
    };
    for (String[] turn : turns) {
      assertThat(items(done(create(turn[0] + both))))
          .as(turn[0])
          .containsExactly(turn[1], "SKIPPEDALREADY_ENDED");
      assertThat(REST.execution(first).get("status").stringValue()).isEqualTo(turn[2]);
    }
    assertThat(REST.execution(first).get("priority").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[] | 400 | INVALID_TYPE",
        "{} | 400 | FIELD_REQUIRED",
        "{'operation':'explode','filter':{}} | 422 | VALUE_INVALID",
        "{'operation':7,'filter':{}} | 400 | INVALID_TYPE",
        "{'operation':'cancel'} | 422 | VALUE_INVALID",
        "{'operation':'cancel','filter':{},'executions':['x']} | 422 | VALUE_INVALID",
        "{'operation':'cancel','executions':[]} | 400 | OUT_OF_RANGE",
        "{'operation':'cancel','executions':['x']} | 422 | VALUE_INVALID",
        "{'operation':'cancel','executions':['0198c5d0-7b1a-7c3d-8e4f-000000000001']} | 422 |"
            + " VALUE_INVALID",
        "{'operation':'cancel','filter':[]} | 400 | INVALID_TYPE",
        "{'operation':'cancel','filter':{'surprise':1}} | 400 | UNKNOWN_FIELD",
        "{'operation':'cancel','filter':{'limit':1}} | 400 | UNKNOWN_FIELD",
        "{'operation':'cancel','filter':{'task':'no-such-task'}} | 422 | VALUE_INVALID",
        "{'operation':'cancel','filter':{'status':'DONE'}} | 422 | VALUE_INVALID",
        "{'operation':'cancel','filter':{'label':'x'}} | 422 | VALUE_INVALID",
        "{'operation':'cancel','filter':{'label':[7]}} | 422 | VALUE_INVALID",
        "{'operation':'cancel','filter':{'since':'2026-02-30T00:00:00Z'}} | 400 | INVALID_TIME",
        "{'operation':'cancel','filter':{'since':'2026-02-03T00:00:00Z','until':'2026-02-02T00:00:00Z'}}"
            + " | 400 | INVALID_TIME",
        "{'operation':'cancel','filter':{},'parameters':{'version':1}} | 400 | UNKNOWN_FIELD",
        "{'operation':'priority','filter':{}} | 400 | FIELD_REQUIRED",
        "{'operation':'priority','filter':{},'parameters':{'priority':9}} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'parameters':{'version':0}} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'parameters':{'version':'newest'}} | 400 | INVALID_TYPE",
        "{'operation':'retry','filter':{},'parameters':{'input':{}}} | 400 | UNKNOWN_FIELD",
        "{'operation':'retry','filter':{},'rate':0} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'rate':-1} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'rate':1e9} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'rate':'fast'} | 400 | INVALID_TYPE",
        "{'operation':'retry','filter':{},'jitter':'PT1S'} | 422 | VALUE_INVALID",
        "{'operation':'retry','filter':{},'rate':1,'jitter':'PT2M'} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'rate':1,'jitter':'-PT1S'} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'rate':1,'jitter':'1 s'} | 400 | INVALID_TIME",
        "{'operation':'retry','filter':{},'expected':-1} | 400 | OUT_OF_RANGE",
        "{'operation':'retry','filter':{},'expected':1.5} | 400 | INVALID_TYPE"
      })
  void refusesWhatIsWrong(String body, int status, String code) {
    for (String route : List.of("/batches", "/batches/preview")) {
      Answer answer = REST.post(route, body.replace('\'', '"'));
      assertThat(answer.status()).as(route + answer.body()).isEqualTo(status);
      assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/batches?limit=0",
        "/batches?limit=201",
        "/batches?cursor=x",
        "/batches?state=DONE",
        "/batches?surprise=1"
      })
  void refusesPagesThatCannotBe(String route) {
    assertThat(REST.get(route).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/items"})
  void whatIsNotThereIs404(String suffix) {
    for (String id :
        List.of(ABSENT, "x", ABSENT.toUpperCase(java.util.Locale.ROOT), "{" + ABSENT + "}")) {
      Answer answer = REST.get("/batches/" + id.replace("{", "%7B").replace("}", "%7D") + suffix);
      assertThat(answer.status()).as(id + answer.body()).isEqualTo(404);
    }
    assertThat(REST.post("/batches/" + ABSENT + "/abort", "{}").status()).isEqualTo(404);
  }

  @Test
  void anotherProjectSeesNothingOfIt() {
    JsonNode made = REST.post("/projects", "{\"name\":\"" + Tasks.name("b") + "\"}").json();
    Rest other = REST.as(made.at("/key/secret").stringValue());
    String mine = later();
    Answer batch = create("{'operation':'cancel','executions':['" + mine + "']}");
    String route = "/batches/" + batch.json().get("id").stringValue();
    done(batch);
    assertThat(other.get(route).status()).isEqualTo(404);
    assertThat(other.get(route + "/items").status()).isEqualTo(404);
    assertThat(other.post(route + "/abort", "{}").status()).isEqualTo(404);
    assertThat(other.get("/batches").json().get("items")).isEmpty();
    assertThat(
            other
                .post("/batches", "{\"operation\":\"cancel\",\"executions\":[\"" + mine + "\"]}")
                .status())
        .isEqualTo(422);
    assertThat(
            other
                .post("/batches/preview", "{\"operation\":\"cancel\",\"filter\":{}}")
                .json()
                .get("count")
                .intValue())
        .isZero();
  }
}
