package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
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
      case "WAITING" -> waiting();
      case "PAUSED" -> {
        String id = later(picky());
        assertThat(command(id, "pause", "{}").status()).isEqualTo(202);
        yield id;
      }
      case "HELD" -> { // paused under its work
        String id = running(sleeper());
        assertThat(command(id, "pause", "{}").status()).isEqualTo(202);
        yield id;
      }
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

  /** Its work failed, and is tried again in an hour. */
  private String waiting() {
    String id =
        rest.start(
            Tasks.define(
                rest,
                Tasks.of(
                    "bash",
                    "exit 1\n",
                    "{'retryPolicy':{'maxRetries':1,'retryInterval':'PT1H','maxInterval':'PT1H','retryableErrors':['CODE_ERROR']}}")),
            "{}");
    await()
        .atMost(LONGEST)
        .until(() -> rest.execution(id).get("status").stringValue().equals("WAITING"));
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
    "cancel   , WAITING,   202,               , CANCELLED",
    "terminate, WAITING,   202,               , CANCELLED",
    "pause    , WAITING,   202,               , PAUSED",
    "resume   , WAITING,   409, NOT_PAUSED    , ",
    "priority , WAITING,   202,               , WAITING",
    "skip     , WAITING,   202,               , COMPLETED",
    "retry    , WAITING,   409, NOT_ENDED     , ",
    "rerun    , WAITING,   409, NOT_ENDED     , ",
    "cancel   , RECEIVED , 202,               , CANCELLED",
    "cancel   , RUNNING  , 202,               , CANCELLED",
    "cancel   , PAUSED   , 202,               , CANCELLED",
    "cancel   , HELD     , 202,               , CANCELLED",
    "cancel   , COMPLETED, 409, ALREADY_ENDED , ",
    "cancel   , FAILED   , 409, ALREADY_ENDED , ",
    "cancel   , CANCELLED, 409, ALREADY_ENDED , ",
    "terminate, RECEIVED , 202,               , CANCELLED",
    "terminate, RUNNING  , 202,               , CANCELLED",
    "terminate, PAUSED   , 202,               , CANCELLED",
    "terminate, HELD     , 202,               , CANCELLED",
    "terminate, COMPLETED, 409, ALREADY_ENDED , ",
    "terminate, FAILED   , 409, ALREADY_ENDED , ",
    "terminate, CANCELLED, 409, ALREADY_ENDED , ",
    "pause    , RECEIVED , 202,               , PAUSED",
    "pause    , RUNNING  , 202,               , PAUSED",
    "pause    , PAUSED   , 202,               , PAUSED",
    "pause    , HELD     , 202,               , PAUSED",
    "pause    , COMPLETED, 409, ALREADY_ENDED , ",
    "pause    , FAILED   , 409, ALREADY_ENDED , ",
    "pause    , CANCELLED, 409, ALREADY_ENDED , ",
    "resume   , RECEIVED , 409, NOT_PAUSED    , ",
    "resume   , RUNNING  , 409, NOT_PAUSED    , ",
    "resume   , PAUSED   , 202,               , RECEIVED",
    "resume   , HELD     , 202,               , RUNNING",
    "resume   , COMPLETED, 409, ALREADY_ENDED , ",
    "resume   , FAILED   , 409, ALREADY_ENDED , ",
    "resume   , CANCELLED, 409, ALREADY_ENDED , ",
    "priority , RECEIVED , 202,               , RECEIVED",
    "priority , RUNNING  , 202,               , RUNNING",
    "priority , PAUSED   , 202,               , PAUSED",
    "priority , HELD     , 202,               , PAUSED",
    "priority , COMPLETED, 409, ALREADY_ENDED , ",
    "priority , FAILED   , 409, ALREADY_ENDED , ",
    "priority , CANCELLED, 409, ALREADY_ENDED , ",
    "skip     , RECEIVED , 202,               , COMPLETED",
    "skip     , RUNNING  , 202,               , COMPLETED",
    "skip     , PAUSED   , 202,               , COMPLETED",
    "skip     , HELD     , 202,               , COMPLETED",
    "skip     , COMPLETED, 409, ALREADY_ENDED , ",
    "skip     , FAILED   , 409, ALREADY_ENDED , ",
    "skip     , CANCELLED, 409, ALREADY_ENDED , ",
    "retry    , RECEIVED , 409, NOT_ENDED     , ",
    "retry    , RUNNING  , 409, NOT_ENDED     , ",
    "retry    , PAUSED   , 409, NOT_ENDED     , ",
    "retry    , HELD     , 409, NOT_ENDED     , ",
    "retry    , COMPLETED, 409, NOTHING_FAILED, ",
    "retry    , FAILED   , 201,               , ",
    "retry    , CANCELLED, 201,               , ",
    "rerun    , RECEIVED , 409, NOT_ENDED     , ",
    "rerun    , RUNNING  , 409, NOT_ENDED     , ",
    "rerun    , PAUSED   , 409, NOT_ENDED     , ",
    "rerun    , HELD     , 409, NOT_ENDED     , ",
    "rerun    , COMPLETED, 201,               , ",
    "rerun    , FAILED   , 201,               , ",
    "rerun    , CANCELLED, 201,               , "
  })
  void doesWhatTheTableSays(
      String command, String status, int answered, String code, String after) {
    String id = in(status);
    JsonNode before = rest.execution(id);

    Answer answer = command(id, command, body(command));

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
    if (after == null) {
      assertThat(rest.execution(id).get("status")).isEqualTo(before.get("status"));
    } else {
      await()
          .atMost(LONGEST)
          .untilAsserted(
              () -> assertThat(rest.execution(id).get("status").stringValue()).isEqualTo(after));
      Answer again = command(id, command, body(command));
      boolean over = Set.of("CANCELLED", "COMPLETED").contains(after);
      assertThat(again.status()).isEqualTo(over || command.equals("resume") ? 409 : 202);
    }
    command(id, "terminate", "{}");
    JsonNode end = rest.execution(id);
    assertThat(end.at("/executionMetadata/endTime").isNull()).isFalse();
    assertThat(ends(id)).as("of " + end).isEqualTo(1);
  }

  private Answer command(String id, String command, String body) {
    return rest.post("/executions/" + id + "/" + command, body);
  }

  private static String body(String command) {
    return switch (command) {
      case "priority" -> "{\"priority\":1}";
      case "skip" -> "{\"output\":{\"by\":\"hand\"},\"reason\":\"done elsewhere\"}";
      default -> "{}";
    };
  }

  private int ends(String id) {
    int ends = 0;
    for (JsonNode event : rest.get("/executions/" + id + "/timeline").json().get("items")) {
      ends += event.get("type").stringValue().equals("end") ? 1 : 0;
    }
    return ends;
  }

  @Test
  void tellsAbsentOnesApartFromEndedOnes() {
    for (String command :
        List.of("cancel", "terminate", "pause", "resume", "priority", "skip", "retry", "rerun")) {
      for (String id : List.of("0198c5d0-7b1a-7c3d-8e4f-000000000001", "x")) {
        assertThat(command(id, command, body(command)).status()).as(command).isEqualTo(404);
      }
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

  @Test
  void beginsNoOtherAttemptOfWhatIsPaused() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "sleep 2; [ \"$TASK_ATTEMPT\" = 2 ] && echo '\"done\"' > \"$TASK_OUTPUT\" || exit"
                    + " 1\n",
                "{'retryPolicy':{'maxRetries':2,'retryInterval':'PT0.1S','retryableErrors':['CODE_ERROR']}}"));
    String id = running(task);
    command(id, "pause", "{\"reason\":\"a look at it\"}");
    await().atMost(LONGEST).until(() -> rest.execution(id).at("/attempts/0/failure").isObject());
    JsonNode held = rest.execution(id);
    assertThat(held.get("status").stringValue()).isEqualTo("PAUSED");
    assertThat(held.at("/paused/reason").stringValue()).isEqualTo("a look at it");
    assertThat(held.at("/paused/from").stringValue()).isEqualTo("RUNNING");
    assertThat(held.at("/waiting/for").stringValue()).contains("resume; paused by");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(LONGEST)
        .until(() -> rest.execution(id).get("attempts").size() == 1);

    command(id, "resume", "{}");
    JsonNode end = rest.await(id, LONGEST);
    assertThat(end.get("status").stringValue()).as(end.toString()).isEqualTo("COMPLETED");
    assertThat(end.get("attempts")).hasSize(2);
    assertThat(end.get("paused").isNull()).isTrue();
  }

  @Test
  void holdsTheEndOfWhatGoesOn() {
    String task =
        Tasks.define(rest, Tasks.of("bash", "sleep 2; echo 7 > \"$TASK_OUTPUT\"\n", "{}"));
    String id = running(task);
    command(id, "pause", "{}");
    await().atMost(LONGEST).until(() -> rest.execution(id).at("/attempts/0/endedAt").isString());
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("PAUSED");
    assertThat(rest.execution(id).get("output").isNull()).isTrue();
    command(id, "resume", "{}");
    assertThat(rest.await(id, LONGEST).get("output").intValue()).isEqualTo(7);
  }

  @Test
  void terminatesWithoutLettingTheWorkCleanUp() {
    String mark = "47" + ThreadLocalRandom.current().nextInt(100_000, 999_999);
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "trap 'echo cleaned; sleep 4' TERM\nsleep "
                    + mark
                    + " &\nwait\nsleep "
                    + mark
                    + "\n",
                "{'retryPolicy':{'maxRetries':0}}"));
    String id = running(task);
    await().atMost(LONGEST).until(() -> runs(mark));

    assertThat(
            command(id, "terminate", "{\"reason\":\"enough\"}").json().get("status").stringValue())
        .isEqualTo("CANCELLED");

    assertThat(rest.execution(id).at("/cancellation/reason").stringValue()).isEqualTo("enough");
    await().atMost(LONGEST).until(() -> !runs(mark));
    assertThat(rest.get("/logs?execution=" + id + "&q=cleaned").json().get("items")).isEmpty();
  }

  private static boolean runs(String mark) {
    return HostProcesses.commandLines().stream().anyMatch(line -> line.contains(mark));
  }

  @Test
  void givesAnOutputThatTheTaskPromises() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "sleep 50\n",
                "{'outputSchema':{'type':'object','required':['n'],'properties':{'n':{'type':'integer'}}}}"));
    String id = running(task);
    Answer bad = command(id, "skip", "{\"output\":{\"n\":\"x\"}}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.code()).isEqualTo("OUTPUT_INVALID");
    assertThat(bad.json().at("/errors/0/pointer").stringValue()).isEqualTo("/n");

    command(id, "skip", "{\"output\":{\"n\":7},\"reason\":\"counted by hand\"}");

    JsonNode end = rest.execution(id);
    assertThat(end.at("/output/n").intValue()).isEqualTo(7);
    assertThat(end.at("/skipped/reason").stringValue()).isEqualTo("counted by hand");
  }

  @Test
  void doesNotCountThePauseAgainstTheQueue() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript", "function main() { return 1; }", "{'timeouts':{'queue':'PT2S'}}"));
    Answer started =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"startAt\":\"" + Instant.now().plusMillis(1500) + "\"}");
    String id = started.json().get("id").stringValue();
    command(id, "pause", "{}");
    Instant late = Instant.now().plusSeconds(5);
    await().atMost(LONGEST).until(() -> Instant.now().isAfter(late));
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("PAUSED");
    command(id, "resume", "{}");
    assertThat(rest.await(id, LONGEST).get("status").stringValue()).isEqualTo("COMPLETED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause     | {'why':1}                      | 400 | UNKNOWN_FIELD",
        "terminate | {'reason':1}                   | 400 | INVALID_TYPE",
        "resume    | []                             | 400 | INVALID_TYPE",
        "pause     | {'reason':'a','reason':'b'}    | 400 | DUPLICATE_KEY",
        "priority  | {}                             | 400 | FIELD_REQUIRED",
        "priority  | {'priority':0}                 | 400 | OUT_OF_RANGE",
        "priority  | {'priority':6}                 | 400 | OUT_OF_RANGE",
        "priority  | {'priority':'1'}               | 400 | INVALID_TYPE",
        "skip      | {}                             | 400 | FIELD_REQUIRED",
        "skip      | {'output':1,'force':true}      | 400 | UNKNOWN_FIELD",
        "skip      | {'output':1e999}               | 400 | OUT_OF_RANGE",
        "skip      | {'output':                     | 400 | MALFORMED_JSON"
      })
  void refusesWrongCommands(String command, String body, int status, String code) {
    String id = later(picky());
    Answer answer = command(id, command, body.strip().replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("RECEIVED");
    command(id, "cancel", "{}");
  }
}
