package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What each command on an execution does, for each status. */
final class ControlIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Fails until its input has grown, and then says what it got. */
  private static final String PICKY =
      "function main(input) { if (input.n < 2) throw new Error('too small'); return input.n; }";

  private final Rest rest = Shared.rest();

  private String picky() {
    return Tasks.define(
        rest,
        Tasks.of(
            "javascript",
            PICKY,
            "{'retryPolicy':{'maxRetries':0},'inputSchema':{'type':'object','required':['n']}}"));
  }

  private String sleeper() {
    return Tasks.define(rest, Tasks.of("bash", "sleep 50\n", "{'retryPolicy':{'maxRetries':0}}"));
  }

  /** An execution in that status. */
  private String in(String status) {
    return switch (status) {
      case "RECEIVED" -> later(picky());
      case "RUNNING" -> running(sleeper());
      case "COMPLETED" -> ended(picky(), "{\"n\":2}", status);
      case "FAILED" -> ended(picky(), "{\"n\":1}", status);
      case "CANCELLED" -> {
        String id = later(picky());
        assertThat(rest.post("/executions/" + id + "/cancel", "{}").status()).isEqualTo(202);
        yield id;
      }
      default -> throw new IllegalArgumentException(status);
    };
  }

  private String later(String task) {
    Answer answer =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"input\":{\"n\":1},\"startAt\":\"" + Instant.now().plusSeconds(3600) + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().get("id").stringValue();
  }

  private String running(String task) {
    String id = rest.start(task, "{}");
    await()
        .atMost(LONGEST)
        .until(() -> rest.execution(id).get("status").stringValue().equals("RUNNING"));
    return id;
  }

  private String ended(String task, String input, String status) {
    JsonNode execution = rest.await(rest.start(task, input), LONGEST);
    assertThat(execution.get("status").stringValue()).isEqualTo(status);
    return execution.get("id").stringValue();
  }

  private static String made(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String id = answer.json().get("id").stringValue();
    assertThat(answer.header("location")).contains("/executions/" + id);
    return id;
  }

  @ParameterizedTest
  @CsvSource({
    "cancel, RECEIVED,  202,",
    "cancel, RUNNING,   202,",
    "cancel, COMPLETED, 409, ALREADY_ENDED",
    "cancel, FAILED,    409, ALREADY_ENDED",
    "cancel, CANCELLED, 409, ALREADY_ENDED",
    "retry,  RECEIVED,  409, NOT_ENDED",
    "retry,  RUNNING,   409, NOT_ENDED",
    "retry,  COMPLETED, 409, NOTHING_FAILED",
    "retry,  FAILED,    201,",
    "retry,  CANCELLED, 201,",
    "rerun,  RECEIVED,  409, NOT_ENDED",
    "rerun,  RUNNING,   409, NOT_ENDED",
    "rerun,  COMPLETED, 201,",
    "rerun,  FAILED,    201,",
    "rerun,  CANCELLED, 201,"
  })
  void doesWhatTheTableSays(String command, String status, int answered, String code) {
    String id = in(status);
    JsonNode before = rest.execution(id);

    Answer answer = rest.post("/executions/" + id + "/" + command, "{}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(answered);
    if (code != null) {
      assertThat(answer.code()).isEqualTo(code);
    }
    if (answered == 201) {
      JsonNode made = rest.await(made(answer), LONGEST);
      assertThat(made.at("/origin/kind").stringValue()).isEqualTo(command);
      assertThat(made.at("/origin/execution").stringValue()).isEqualTo(id);
      assertThat(made.get("input")).isEqualTo(before.get("input"));
      assertThat(made.get("task")).isEqualTo(before.get("task"));
    }
    if (!command.equals("cancel")) {
      assertThat(rest.execution(id).get("status")).isEqualTo(before.get("status"));
    }
    if (status.equals("RUNNING") || status.equals("RECEIVED")) {
      rest.post("/executions/" + id + "/cancel", "{}");
      assertThat(rest.await(id, LONGEST).get("status").stringValue()).isEqualTo("CANCELLED");
    }
  }

  @Test
  void tellsAbsentOnesApartFromEndedOnes() {
    for (String command : new String[] {"retry", "rerun"}) {
      String none = "/executions/0198c5d0-7b1a-7c3d-8e4f-000000000001/" + command;
      assertThat(rest.post(none, "{}").status()).isEqualTo(404);
      assertThat(rest.post("/executions/x/" + command, "{}").status()).isEqualTo(404);
    }
  }

  @Test
  void retriesWhatFailedWithAllThatItHad() {
    byte[] bytes = "four".getBytes(StandardCharsets.UTF_8);
    String sha256 =
        rest.send("POST", "/files", Map.of("Content-Type", "application/octet-stream"), bytes)
            .json()
            .get("sha256")
            .stringValue();
    String task =
        Tasks.define(
            rest, Tasks.of("bash", "cat in.txt; exit 1\n", "{'retryPolicy':{'maxRetries':0}}"));
    Answer started =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"input\":{\"x\":1.50},\"priority\":2,\"labels\":{\"team\":\"blue\"},"
                + "\"files\":{\"in.txt\":\""
                + sha256
                + "\"}}");
    JsonNode failed = rest.await(started.json().get("id").stringValue(), LONGEST);
    assertThat(failed.get("status").stringValue()).as(failed.toString()).isEqualTo("FAILED");

    String id = made(rest.post("/executions/" + failed.get("id").stringValue() + "/retry", "{}"));

    JsonNode again = rest.await(id, LONGEST);
    assertThat(again.get("status").stringValue()).isEqualTo("FAILED");
    for (String same : new String[] {"input", "priority", "labels", "files", "task"}) {
      assertThat(again.get(same)).as(same).isEqualTo(failed.get(same));
    }
    assertThat(rest.get("/executions/" + id).body()).contains("1.50");
  }

  @Test
  void rerunsWithAnotherInputAndVersion() {
    String task = picky();
    String failed = ended(task, "{\"n\":1}", "FAILED");
    String path = "/executions/" + failed + "/rerun";
    Answer next =
        rest.call(
            "PUT",
            "/tasks/" + task,
            Map.of("If-Match", "\"1\"", "Content-Type", "application/json"),
            Tasks.of(
                    "javascript",
                    "function main(input) { return 'second'; }",
                    "{'name':'%s','inputSchema':{'type':'object','required':['n'],'properties':{'n':{'type':'integer'}}}}"
                        .formatted(task))
                .toString());
    assertThat(next.status()).as(next.body()).isEqualTo(200);

    JsonNode edited = rest.await(made(rest.post(path, "{\"input\":{\"n\":7}}")), LONGEST);
    assertThat(edited.get("output").intValue()).isEqualTo(7);
    assertThat(edited.at("/task/version").intValue()).isEqualTo(1);

    JsonNode latest = rest.await(made(rest.post(path, "{\"version\":\"latest\"}")), LONGEST);
    assertThat(latest.get("output").stringValue()).isEqualTo("second");
    assertThat(latest.at("/task/version").intValue()).isEqualTo(2);
    assertThat(rest.await(made(rest.post(path, "{\"version\":2}")), LONGEST).at("/task/version"))
        .isEqualTo(latest.at("/task/version"));

    Answer bad = rest.post(path, "{\"version\":2,\"input\":{\"n\":\"x\"}}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.code()).isEqualTo("INPUT_INVALID");
    assertThat(bad.json().at("/errors/0/pointer").stringValue()).isEqualTo("/n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rerun | {'version':9}          | 404 | NOT_FOUND",
        "rerun | {'version':'newest'}   | 400 | INVALID_TYPE",
        "rerun | {'version':0}          | 400 | OUT_OF_RANGE",
        "rerun | {'version':1.5}        | 400 | INVALID_TYPE",
        "rerun | {'inputs':{}}          | 400 | UNKNOWN_FIELD",
        "rerun | {'cache':'sometimes'}  | 422 | VALUE_INVALID",
        "rerun | []                     | 400 | INVALID_TYPE",
        "rerun | {                      | 400 | MALFORMED_JSON",
        "rerun | {'input':{}}           | 422 | INPUT_INVALID",
        "retry | {'input':{'n':2}}      | 400 | UNKNOWN_FIELD",
        "retry | 7                      | 400 | INVALID_TYPE"
      })
  void refusesWhatItCannotRead(String command, String body, int status, String code) {
    String task = picky();
    String failed = ended(task, "{\"n\":1}", "FAILED");

    Answer answer =
        rest.post("/executions/" + failed + "/" + command, body.strip().replace('\'', '"'));

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(rest.get("/executions?task=" + task).json().get("items")).hasSize(1);
  }

  @Test
  void makesOneUnderOneKey() throws Exception {
    String task = picky();
    String failed = ended(task, "{\"n\":1}", "FAILED");
    Map<String, String> key = Map.of("Idempotency-Key", "again-" + failed);
    String path = "/executions/" + failed + "/retry";
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      var answers =
          IntStream.range(0, 8)
              .mapToObj(n ->
                  clients.submit(() -> {
                    go.await();
                    return rest.post(path, key, "{}");
                  }))
              .toList();
      go.countDown();
      String first = made(answers.getFirst().get());
      for (var answer : answers) {
        assertThat(made(answer.get())).isEqualTo(first);
      }
    }
    Answer other = rest.post("/executions/" + failed + "/rerun", key, "{}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(rest.get("/executions?task=" + task).json().get("items")).hasSize(2);
  }

  @Test
  void rerunsDoTheWorkAlthoughItsResultIsKept() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript",
                "function main(input) { return Math.random(); }",
                "{'cache':{'ttl':'PT1H'}}"));
    JsonNode first = rest.run(task, "{}");
    String path = "/executions/" + first.get("id").stringValue() + "/rerun";

    JsonNode fresh = rest.await(made(rest.post(path, "{}")), LONGEST);
    assertThat(fresh.get("output")).isNotEqualTo(first.get("output"));
    JsonNode kept = rest.await(made(rest.post(path, "{\"cache\":\"use\"}")), LONGEST);
    assertThat(kept.get("output")).isEqualTo(fresh.get("output"));
    assertThat(kept.at("/cached/from").stringValue()).isEqualTo(fresh.get("id").stringValue());
  }
}
