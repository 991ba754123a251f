package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Results that are given again instead of doing the work anew. */
final class ResultCacheIT {
  /** Every run of it has another output. */
  private static final String CHANCE = "function main(input) { return Math.random(); }";

  private final Rest rest = Shared.rest();

  private String task(String cache) {
    return Tasks.define(rest, Tasks.of("javascript", CHANCE, "{'cache':" + cache + "}"));
  }

  private JsonNode run(String task, String body) {
    Rest.Answer answer =
        rest.post(
            "/tasks/" + task + "/executions", Map.of("Prefer", "wait=60"), body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void assertSame(JsonNode known, JsonNode hit) {
    assertThat(hit.get("output")).isEqualTo(known.get("output"));
    assertThat(hit.at("/cached/from").stringValue()).isEqualTo(known.get("id").stringValue());
  }

  private static void assertWorked(JsonNode execution) {
    assertThat(execution.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(execution.get("cached").isNull()).as(execution.toString()).isTrue();
    assertThat(execution.get("attempts")).hasSize(1);
  }

  @Test
  void theSameInputIsGivenTheSameResultByAnExecutionThatSaysSo() {
    String task = task("{'ttl':'PT1H'}");
    JsonNode first = run(task, "{'input':{'a':1,'b':[2.0]}}");
    assertWorked(first);

    JsonNode second = run(task, "{'input':{'b':[2.0],'a':1}}");

    assertSame(first, second);
    assertThat(second.get("id")).isNotEqualTo(first.get("id"));
    assertThat(second.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(second.get("attempts")).isEmpty();
    assertThat(Instant.parse(second.at("/cached/at").stringValue()))
        .isBeforeOrEqualTo(Instant.parse(second.get("acceptedAt").stringValue()));
    assertWorked(run(task, "{'input':{'a':1,'b':[2]}}"));
    assertSame(first, run(task, "{'input':{'a':1,'b':[2.0]}}"));
  }

  @Test
  void theEventsSayWhoseResultItIs() {
    String task = task("{'ttl':'PT1H'}");
    JsonNode first = run(task, "{}");
    JsonNode hit = run(task, "{}");

    String events = rest.get("/executions/" + hit.get("id").stringValue() + "/events").body();

    assertThat(events).contains("event: cached", first.get("id").stringValue(), "event: end");
  }

  @Test
  void onlyTheNamedPartsOfTheInputCount() {
    String task = task("{'ttl':'PT1H','key':['/customer/id','/sku']}");
    JsonNode first = run(task, "{'input':{'customer':{'id':7,'name':'Ada'},'sku':'x'}}");

    assertSame(first, run(task, "{'input':{'customer':{'id':7,'name':'Bob'},'sku':'x','n':1}}"));
    assertWorked(run(task, "{'input':{'customer':{'id':8},'sku':'x'}}"));
    assertWorked(run(task, "{'input':{'customer':{'id':7}}}"));
    assertWorked(run(task, "{'input':{'customer':{'id':7},'sku':null}}"));
  }

  @Test
  void aNewVersionStartsAnew() {
    ObjectNode definition = Tasks.of("javascript", CHANCE, "{'cache':{'ttl':'PT1H'}}");
    String task = Tasks.define(rest, definition);
    run(task, "{}");
    String etag = rest.get("/tasks/" + task).header("etag").orElseThrow();
    definition.put("description", "the second version");
    assertThat(
            rest.call(
                    "PUT",
                    "/tasks/" + task,
                    Map.of("If-Match", etag, "Content-Type", "application/json"),
                    definition.toString())
                .status())
        .isEqualTo(200);

    assertWorked(run(task, "{}"));
  }

  @Test
  void aResultIsForgottenAfterItsTime() {
    String task = task("{'ttl':'PT1S'}");
    JsonNode first = run(task, "{}");
    await().atMost(Duration.ofSeconds(20)).until(() -> run(task, "{}").get("cached").isNull());
    assertThat(run(task, "{'cache':'bypass'}").get("output")).isNotEqualTo(first.get("output"));
  }

  @Test
  void aStartMayWantTheWorkDone() {
    String task = task("{'ttl':'PT1H'}");
    JsonNode first = run(task, "{}");

    JsonNode bypassed = run(task, "{'cache':'bypass'}");
    assertWorked(bypassed);
    assertSame(first, run(task, "{'cache':'use'}"));

    JsonNode refreshed = run(task, "{'cache':'refresh'}");
    assertWorked(refreshed);
    assertSame(refreshed, run(task, "{}"));
    assertThat(rest.post("/tasks/" + task + "/executions", "{\"cache\":\"maybe\"}").status())
        .isEqualTo(422);
  }

  @Test
  void failuresAreNotKept() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript",
                "function main() { throw new Error('no'); }",
                "{'cache':{'ttl':'PT1H'},'retryPolicy':{'maxRetries':0}}"));
    for (int i = 0; i < 2; i++) {
      JsonNode failed = run(task, "{}");
      assertThat(failed.get("status").stringValue()).isEqualTo("FAILED");
      assertThat(failed.get("attempts")).hasSize(1);
    }
  }

  @Test
  void tasksThatSayNothingKeepNothing() {
    String task = Tasks.define(rest, Tasks.of("javascript", CHANCE));
    assertWorked(run(task, "{}"));
    assertWorked(run(task, "{}"));
  }
}
