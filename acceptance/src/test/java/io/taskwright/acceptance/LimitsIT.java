package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How many executions there may be at once, by key, task and project. */
final class LimitsIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final Rest rest = Shared.rest();

  private static String task(Rest rest, String seconds, String limits) {
    return Tasks.define(
        rest,
        Tasks.of(
            "bash",
            "sleep " + seconds + "\necho 1 > \"$TASK_OUTPUT\"\n",
            "{'retryPolicy':{'maxRetries':3}," + limits + "}"));
  }

  private static String concurrency(int limit, String onLimit) {
    return "'concurrency':{'limit':" + limit + ",'key':'input.k','onLimit':'" + onLimit + "'}";
  }

  private static String status(Rest rest, String id) {
    return rest.execution(id).get("status").stringValue();
  }

  private String running(String task, String input) {
    String id = rest.start(task, input);
    await().atMost(LONGEST).until(() -> status(rest, id).equals("RUNNING"));
    return id;
  }

  private String waiting(String id) {
    JsonNode waiting = rest.execution(id).get("waiting");
    return waiting == null || waiting.isNull() ? "" : waiting.get("for").stringValue();
  }

  private void cancel(String id) {
    assertThat(rest.post("/executions/" + id + "/cancel", "{}").status()).isEqualTo(202);
  }

  /** The most that were at work at one time. */
  private static int mostAtOnce(List<JsonNode> executions) {
    record Edge(Instant at, int step) {}
    List<Edge> edges =
        executions.stream()
            .map(execution -> execution.get("executionMetadata"))
            .flatMap(times ->
                Stream.of(
                    new Edge(Instant.parse(times.get("startTime").stringValue()), 1),
                    new Edge(Instant.parse(times.get("endTime").stringValue()), -1)))
            .sorted(Comparator.comparing(Edge::at).thenComparingInt(Edge::step))
            .toList();
    int now = 0;
    int most = 0;
    for (Edge edge : edges) {
      now += edge.step();
      most = Math.max(most, now);
    }
    return most;
  }

  @Test
  void keepsTheOthersOfAKeyWaitingAndSaysWhy() {
    String task = task(rest, "50", concurrency(1, "queue"));
    String first = running(task, "{\"k\":\"acme\"}");
    String second = rest.start(task, "{\"k\":\"acme\"}");
    String third = rest.start(task, "{\"k\":\"acme\"}");
    String other = running(task, "{\"k\":\"other\"}");

    assertThat(waiting(second))
        .isEqualTo("the limit of 1 at once of its task for 'acme': 1 under way, 0 ahead of it");
    JsonNode wait = rest.execution(third).get("waiting");
    assertThat(wait.get("ahead").intValue()).isEqualTo(1);
    assertThat(wait.get("since").stringValue()).isNotEmpty();
    JsonNode preview =
        rest.post("/tasks/" + task + "/preview", "{\"input\":{\"k\":\"acme\"}}").json();
    assertThat(preview.at("/limits/concurrency/used").intValue()).isEqualTo(1);
    assertThat(preview.at("/limits/concurrency/waiting").intValue()).isEqualTo(2);
    assertThat(preview.at("/warnings").valueStream().map(w -> w.get("code").stringValue()))
        .contains("CONCURRENCY_REACHED");

    cancel(second); // it never began
    cancel(first);
    await().atMost(LONGEST).until(() -> status(rest, third).equals("RUNNING"));
    assertThat(status(rest, second)).isEqualTo("CANCELLED");
    cancel(third);
    cancel(other);
  }

  @Test
  void refusesAStartAboveTheLimitAndStoresNothing() {
    String task = task(rest, "50", concurrency(1, "reject"));
    String path = "/tasks/" + task + "/executions";
    String body = "{\"input\":{\"k\":1}}";
    Map<String, String> key = Map.of("Idempotency-Key", "limit-" + task);
    Answer first = rest.post(path, key, body);
    assertThat(first.status()).isEqualTo(202);

    Answer refused = rest.post(path, body);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("CONCURRENCY_LIMIT");
    assertThat(Integer.parseInt(refused.header("retry-after").orElse("0"))).isPositive();
    assertThat(refused.json().get("detail").stringValue()).contains("'1'", "1 may be");
    assertThat(rest.post(path, key, body).json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(rest.get("/executions?task=" + task).json().get("items")).hasSize(1);
    String id = first.json().get("id").stringValue();
    cancel(id);
    rest.await(id, LONGEST);
    Answer again = rest.post("/executions/" + id + "/rerun", "{}");
    assertThat(again.status()).isEqualTo(201);
    cancel(again.json().get("id").stringValue());
  }

  @Test
  void cancelsTheNewestOrTheOldestOnRecord() {
    String newest = task(rest, "50", concurrency(1, "cancelNewest"));
    String first = running(newest, "{\"k\":1}");
    JsonNode second = rest.await(rest.start(newest, "{\"k\":1}"), LONGEST);
    assertThat(second.get("status").stringValue()).isEqualTo("CANCELLED");
    assertThat(second.at("/cancellation/by").stringValue()).isEqualTo("concurrency limit");
    assertThat(second.at("/cancellation/reason").stringValue()).contains("'1'", "at most 1");
    assertThat(status(rest, first)).isEqualTo("RUNNING");
    cancel(first);

    String oldest = task(rest, "50", concurrency(1, "cancelOldest"));
    String runs = running(oldest, "{\"k\":1}");
    String takes = rest.start(oldest, "{\"k\":1}");
    JsonNode gone = rest.await(runs, LONGEST);
    assertThat(gone.get("status").stringValue()).isEqualTo("CANCELLED");
    assertThat(gone.at("/cancellation/reason").stringValue()).contains(takes);
    await().atMost(LONGEST).until(() -> status(rest, takes).equals("RUNNING"));
    cancel(takes);
  }

  @Test
  void beginsNoFasterThanTheRate() {
    String task = task(rest, "0", "'rate':{'limit':2,'per':'PT4S'}");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(rest.start(task, "{}"));
    }
    await().atMost(LONGEST).until(() -> waiting(ids.get(4)).contains("the rate of 2 per PT4S"));
    List<Instant> starts =
        ids.stream()
            .map(id -> rest.await(id, LONGEST))
            .map(execution -> execution.at("/executionMetadata/startTime").stringValue())
            .map(Instant::parse)
            .sorted()
            .toList();
    // Three cannot have been handed out within one window; a start follows within the slack.
    assertThat(Duration.between(starts.get(0), starts.get(4))).isGreaterThan(Duration.ofSeconds(6));

    String strict = task(rest, "0", "'rate':{'limit':1,'per':'PT1H','onLimit':'reject'}");
    rest.start(strict, "{}");
    Answer refused = rest.post("/tasks/" + strict + "/executions", "{}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMIT");
    assertThat(refused.header("retry-after")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"{}", "{'k':null}", "{'k':[1]}", "{'k':{'a':1}}", "'text'"})
  void refusesAnInputThatHasNothingForTheKey(String input) {
    String task = task(rest, "0", concurrency(1, "queue"));
    Answer answer =
        rest.post("/tasks/" + task + "/executions", "{\"input\":" + input.replace('\'', '"') + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/concurrency/key");
    assertThat(rest.get("/executions?task=" + task).json().get("items")).isEmpty();
  }

  private Rest project() {
    Answer made = rest.post("/projects", "{\"name\":\"" + Tasks.name("limits") + "\"}");
    return rest.as(made.json().at("/key/secret").stringValue());
  }

  @Test
  void holdsAProjectToItsQuotaItsStartsAndWhatItHasInFlight() {
    Rest project = project();
    Answer set = project.call("PUT", "/settings/limits", JSON, "{\"quota\":3,\"inFlight\":1}");
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    String task = task(project, "50", "'description':'waits'");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(project.start(task, "{}"));
    }
    Answer refused = project.post("/tasks/" + task + "/executions", "{}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(refused.header("retry-after")).contains("5");
    await().atMost(LONGEST).until(() -> status(project, ids.getFirst()).equals("RUNNING"));
    assertThat(project.execution(ids.get(1)).at("/waiting/for").stringValue())
        .isEqualTo("the project's limit of 1 in flight: 1 are");
    assertThat(project.get("/settings/limits").json().at("/used/quota").intValue()).isEqualTo(3);
    project.post("/executions/" + ids.getFirst() + "/cancel", "{}");
    await().atMost(LONGEST).until(() -> status(project, ids.get(1)).equals("RUNNING"));
    assertThat(project.get("/executions").json().get("items")).hasSize(3);

    project.call("PUT", "/settings/limits", JSON, "{\"startsPerMinute\":1}");
    ids.add(project.start(task, "{}"));
    Answer fast = project.post("/tasks/" + task + "/executions", "{}");
    assertThat(fast.status()).isEqualTo(429);
    assertThat(fast.code()).isEqualTo("RATE_LIMIT");
    ids.forEach(id -> project.post("/executions/" + id + "/cancel", "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'quota':0}        | 400 | OUT_OF_RANGE",
        "{'quota':1.5}      | 400 | INVALID_TYPE",
        "{'quota':9999999}  | 400 | OUT_OF_RANGE",
        "{'quotas':1}       | 400 | UNKNOWN_FIELD",
        "[]                 | 400 | INVALID_TYPE",
        "{                  | 400 | MALFORMED_JSON"
      })
  void refusesLimitsThatAreNone(String body, int status, String code) {
    Answer answer =
        project().call("PUT", "/settings/limits", JSON, body.strip().replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void keepsToTheLimitAndLosesNobodyWhenEverythingIsKilled() {
    try (Installation own = Installation.fresh().up()) {
      String task = task(own.rest(), "0.3", concurrency(2, "queue"));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        ids.add(own.rest().start(task, "{\"k\":" + i / 12 + "}"));
      }
      await()
          .atMost(LONGEST)
          .until(() -> ids.stream().anyMatch(id -> status(own.rest(), id).equals("COMPLETED")));
      own.killEverything();
      own.up();
      List<JsonNode> ended =
          ids.stream().map(id -> own.rest().await(id, Duration.ofMinutes(5))).toList();
      assertThat(ended)
          .allSatisfy(one -> assertThat(one.get("status").stringValue()).isEqualTo("COMPLETED"));
      assertThat(mostAtOnce(ended.subList(0, 12))).isLessThanOrEqualTo(2);
      assertThat(mostAtOnce(ended.subList(12, 24))).isLessThanOrEqualTo(2);
      String next = own.rest().start(task, "{\"k\":0}");
      assertThat(own.rest().await(next, LONGEST).get("status").stringValue())
          .isEqualTo("COMPLETED");
    }
  }
}
