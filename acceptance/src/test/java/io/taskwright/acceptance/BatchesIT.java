package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations on many executions outlive the processes that do them, and do each once. */
class BatchesIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int STARTS_OF_A_REQUEST = 500;

  @BeforeAll
  static void start() {
    SERVICE.up();
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void sixtyFailedExecutionsAreRetriedOnceEachOnAFixedVersionAlthoughTheServerIsKilled() {
    retryThroughAKill(60, 6);
  }

  @Test
  @Tag("full")
  void aThousandFailedExecutionsAreRetriedOnceEachOnAFixedVersionAlthoughTheServerIsKilled() {
    retryThroughAKill(1_000, 50);
  }

  private static void retryThroughAKill(int count, int rate) {
    ObjectNode definition =
        Tasks.of(
            "javascript",
            "function main() { throw new Error('broken'); }",
            "{'retryPolicy':{'maxRetries':0}}");
    String task = Tasks.define(SERVICE.rest(), definition);
    startMany(task, count);
    await().atMost(LONGEST).until(() -> counted(task, "FAILED") == count);
    fix(task, definition);

    long server = SERVICE.pid("server"); // asking takes long enough for a batch to end
    String batch = retry(task, count, rate);
    await().atMost(LONGEST).until(() -> batch(batch).get("done").intValue() >= count / 4);
    Installation.kill(server);
    JsonNode after = throughTheGap(batch, Set.of("RUNNING", "COMPLETED")::contains);
    assertThat(after.get("done").intValue()).isBetween(count / 4, count - 1);

    JsonNode ended = throughTheGap(batch, "COMPLETED"::equals);
    assertThat(ended.get("succeeded").intValue()).as(ended.toString()).isEqualTo(count);
    assertThat(ended.get("progress").doubleValue()).isEqualTo(1);
    await().atMost(LONGEST).until(() -> counted(task, "COMPLETED") == count);
    assertThat(batch(batch).at("/made/COMPLETED").intValue()).isEqualTo(count);
    assertThat(counted(task, "FAILED")).isEqualTo(count);
    List<JsonNode> items = all("/batches/" + batch + "/items?status=SUCCEEDED");
    assertThat(items).extracting(item -> item.get("made").stringValue()).doesNotHaveDuplicates();
    for (JsonNode item : items) {
      JsonNode made = SERVICE.rest().execution(item.get("made").stringValue());
      assertThat(made.at("/origin/kind").stringValue()).isEqualTo("retry");
      assertThat(made.at("/origin/execution")).isEqualTo(item.get("execution"));
      assertThat(made.at("/task/version").intValue()).isEqualTo(2);
    }
    Set<String> made =
        items.stream().map(item -> item.get("made").stringValue()).collect(Collectors.toSet());
    assertThat(all("/executions?status=COMPLETED&task=" + task))
        .extracting(execution -> execution.get("id").stringValue())
        .containsExactlyInAnyOrderElementsOf(made);
  }

  private static void startMany(String task, int count) {
    for (int begun = 0; begun < count; begun += STARTS_OF_A_REQUEST) {
      String items =
          IntStream.range(begun, Math.min(count, begun + STARTS_OF_A_REQUEST))
              .mapToObj(i -> "{\"task\":\"" + task + "\"}")
              .collect(Collectors.joining(","));
      Answer answer = SERVICE.rest().post("/executions/batch", "{\"items\":[" + items + "]}");
      assertThat(answer.status()).as(answer.body()).isEqualTo(207);
    }
  }

  /** The fixed version retries what the killed server was doing. */
  private static void fix(String task, ObjectNode definition) {
    definition.remove("retryPolicy");
    definition.withObject("/automated").put("source", "function main() { return 'whole'; }");
    String tag = SERVICE.rest().get("/tasks/" + task).header("etag").orElseThrow();
    Answer fixed =
        SERVICE
            .rest()
            .call(
                "PUT",
                "/tasks/" + task,
                Map.of("Content-Type", "application/json", "If-Match", tag),
                definition.toString());
    assertThat(fixed.status()).as(fixed.body()).isEqualTo(200);
  }

  private static String retry(String task, int count, int rate) {
    Answer answer =
        SERVICE
            .rest()
            .post(
                "/batches",
                """
                {"name":"after the fix","operation":"retry","parameters":{"version":2},
                 "filter":{"task":"%s","status":"FAILED"},"rate":%d,"expected":%d}
                """
                    .formatted(task, rate, count));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String id = answer.json().get("id").stringValue();
    assertThat(answer.header("location")).contains("/batches/" + id);
    return id;
  }

  private static int counted(String task, String status) {
    return SERVICE
        .rest()
        .post(
            "/batches/preview",
            "{\"operation\":\"rerun\",\"filter\":{\"task\":\"%s\",\"status\":\"%s\"}}"
                .formatted(task, status))
        .json()
        .get("count")
        .intValue();
  }

  private static JsonNode batch(String id) {
    return SERVICE.rest().get("/batches/" + id).json();
  }

  /** While the server is away nobody answers. */
  private static JsonNode throughTheGap(String id, Predicate<String> state) {
    return await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> batch(id), batch -> state.test(batch.path("state").asString("")));
  }

  private static List<JsonNode> all(String list) {
    Rest rest = SERVICE.rest();
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = rest.get(list + "&limit=200" + cursor).json();
      page.get("items").forEach(all::add);
      cursor =
          page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").stringValue();
    } while (!cursor.isEmpty());
    return all;
  }
}
