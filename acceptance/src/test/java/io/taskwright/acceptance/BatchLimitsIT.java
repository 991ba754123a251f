package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Limits, as those meet them who start or repeat many executions at once. */
final class BatchLimitsIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Rest REST = Shared.rest();

  private static void quota(Rest project, int quota) {
    Answer set =
        project.call(
            "PUT",
            "/settings/limits",
            Map.of("Content-Type", "application/json"),
            "{\"quota\":" + quota + "}");
    assertThat(set.status()).as(set.body()).isEqualTo(200);
  }

  @Test
  void anItemAboveALimitIsRefusedAndTheOthersAreNot() {
    String task =
        Tasks.define(
            REST,
            Tasks.of(
                "bash",
                "sleep 50\n",
                "{'concurrency':{'limit':1,'key':'input.k','onLimit':'reject'}}"));
    String item = "{'task':'" + task + "','input':{'k':%d}}";
    String body =
        ("{'items':[" + item + "," + item + "," + item + "]}")
            .formatted(1, 1, 2)
            .replace('\'', '"');
    Map<String, String> key = Map.of("Idempotency-Key", task);
    Answer answer = REST.post("/executions/batch", key, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(207);
    JsonNode items = answer.json().get("items");
    assertThat(items.valueStream().map(one -> one.get("status").intValue()))
        .containsExactly(202, 429, 202);
    assertThat(items.at("/1/problem/code").stringValue()).isEqualTo("CONCURRENCY_LIMIT");
    assertThat(items.at("/1/execution").isNull()).isTrue();
    assertThat(REST.get("/executions?task=" + task).json().get("items")).hasSize(2);
    assertThat(REST.post("/executions/batch", key, body).json()).isEqualTo(answer.json());
    REST.post(
        "/batches",
        "{\"operation\":\"terminate\",\"parameters\":{\"reason\":\"seen\"},\"filter\":{\"task\":\""
            + task
            + "\"}}");
  }

  @Test
  void aRetryThatMeetsALimitKeepsItsTurnUntilTheLimitLetsItThrough() {
    String admin =
        REST.post("/projects", "{\"name\":\"" + Tasks.name("limits") + "\"}")
            .json()
            .at("/key/secret")
            .stringValue();
    Rest project = REST.as(admin);
    String failing =
        Tasks.define(
            project,
            Tasks.of(
                "javascript",
                "function main() { throw new Error('broken'); }",
                "{'retryPolicy':{'maxRetries':0}}"));
    for (int i = 0; i < 2; i++) {
      project.await(project.start(failing, "{}"), LONGEST);
    }
    String later =
        Tasks.define(project, Tasks.of("javascript", "function main() { return 1; }", "{}"));
    quota(project, 1);
    String occupies =
        project
            .post(
                "/tasks/" + later + "/executions",
                "{\"startAt\":\"" + Instant.now().plusSeconds(3600) + "\"}")
            .json()
            .at("/id")
            .asString("");
    Answer made =
        project.post(
            "/batches", "{\"operation\":\"retry\",\"filter\":{\"task\":\"" + failing + "\"}}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String batch = "/batches/" + made.json().get("id").stringValue();
    await()
        .atMost(LONGEST)
        .until(() ->
            project
                .get(batch + "/items?status=PENDING")
                .json()
                .at("/items/0/problem/code")
                .asString("")
                .equals("QUOTA_EXCEEDED"));
    assertThat(project.get(batch).json().get("done").intValue()).isZero();

    project.post("/executions/" + occupies + "/cancel", "{}");
    await()
        .atMost(LONGEST)
        .until(() -> project.get(batch).json().get("state").stringValue().equals("COMPLETED"));
    assertThat(project.get(batch).json().get("succeeded").intValue()).isEqualTo(2);
    assertThat(project.get(batch + "/items?status=SUCCEEDED").json().get("items"))
        .allSatisfy(one -> assertThat(one.get("problem").isNull()).isTrue());
  }
}
