package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What retry and rerun make of executions that have ended. */
final class AgainIT {
  private final Rest rest = Shared.rest();
  private final Staged staged = new Staged(rest, "{}");

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
    JsonNode failed = rest.await(started.json().get("id").stringValue(), Staged.LONGEST);
    assertThat(failed.get("status").stringValue()).as(failed.toString()).isEqualTo("FAILED");

    String id =
        Staged.made(rest.post("/executions/" + failed.get("id").stringValue() + "/retry", "{}"));

    JsonNode again = rest.await(id, Staged.LONGEST);
    assertThat(again.get("status").stringValue()).isEqualTo("FAILED");
    for (String same : new String[] {"input", "priority", "labels", "files", "task"}) {
      assertThat(again.get(same)).as(same).isEqualTo(failed.get(same));
    }
    assertThat(rest.get("/executions/" + id).body()).contains("1.50");
  }

  @Test
  void rerunsWithAnotherInputAndVersion() {
    String task = staged.picky();
    String failed = staged.ended(task, "{\"n\":1}", "FAILED");
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

    JsonNode edited =
        rest.await(Staged.made(rest.post(path, "{\"input\":{\"n\":7}}")), Staged.LONGEST);
    assertThat(edited.get("output").intValue()).isEqualTo(7);
    assertThat(edited.at("/task/version").intValue()).isEqualTo(1);

    JsonNode latest =
        rest.await(Staged.made(rest.post(path, "{\"version\":\"latest\"}")), Staged.LONGEST);
    assertThat(latest.get("output").stringValue()).isEqualTo("second");
    assertThat(latest.at("/task/version").intValue()).isEqualTo(2);
    assertThat(
            rest.await(Staged.made(rest.post(path, "{\"version\":2}")), Staged.LONGEST)
                .at("/task/version"))
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
    String task = staged.picky();
    String failed = staged.ended(task, "{\"n\":1}", "FAILED");

    Answer answer =
        rest.post("/executions/" + failed + "/" + command, body.strip().replace('\'', '"'));

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(rest.get("/executions?task=" + task).json().get("items")).hasSize(1);
  }

  @Test
  void makesOneUnderOneKey() throws Exception {
    String task = staged.picky();
    String failed = staged.ended(task, "{\"n\":1}", "FAILED");
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
      String first = Staged.made(answers.getFirst().get());
      for (var answer : answers) {
        assertThat(Staged.made(answer.get())).isEqualTo(first);
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

    JsonNode fresh = rest.await(Staged.made(rest.post(path, "{}")), Staged.LONGEST);
    assertThat(fresh.get("output")).isNotEqualTo(first.get("output"));
    JsonNode kept = rest.await(Staged.made(rest.post(path, "{\"cache\":\"use\"}")), Staged.LONGEST);
    assertThat(kept.get("output")).isEqualTo(fresh.get("output"));
    assertThat(kept.at("/cached/from").stringValue()).isEqualTo(fresh.get("id").stringValue());
  }
}
