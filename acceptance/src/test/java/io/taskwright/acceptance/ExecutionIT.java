package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A task from its definition to its output, through REST, on the real parts. */
class ExecutionIT {
  private final Rest rest = Shared.rest();

  /** A program and its runtime; each greets whom its input names. */
  record Program(String runtime, String source) {
    @Override
    public String toString() {
      return runtime;
    }
  }

  static List<Program> programs() {
    return List.of(
        new Program(
            "python", "def main(input):\n    return {'greeting': 'Hello, ' + input['name']}\n"),
        new Program(
            "node",
            "export async function main(input) { return {greeting: `Hello, ${input.name}`}; }\n"),
        new Program(
            "bash",
            "main() { printf '{\"greeting\":\"Hello, %s\"}' \"$(sed 's/.*:\"//;s/\".*//')\"; }\n"),
        new Program(
            "java",
            """
            import java.util.Map;
            class Main {
              static Object main(Map<String, Object> input) {
                return Map.of("greeting", "Hello, " + input.get("name"));
              }
            }
            """),
        new Program(
            "javascript", "function main(input) { return {greeting: 'Hello, ' + input.name}; }"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyRuntimeReturnsItsOutput(Program program) {
    ObjectNode definition =
        Tasks.of(
            program.runtime(),
            program.source(),
            "{'outputSchema':{'type':'object','required':['greeting']}}");
    if (program.runtime().equals("java")) {
      Tasks.withConfig(definition, "{'resourceRequirements':{'memory':'256Mi'}}");
    }
    JsonNode execution = rest.run(Tasks.define(rest, definition), "{\"name\":\"Ada\"}");
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.at("/output/greeting").stringValue()).isEqualTo("Hello, Ada");
    assertThat(execution.get("attempts")).hasSize(1);
    assertThat(execution.at("/executionMetadata/duration").stringValue()).startsWith("PT");
    assertThat(execution.at("/executionMetadata/executionEnvironment").stringValue()).isNotEmpty();
    assertThat(execution.at("/route/reason").stringValue()).contains(program.runtime());
  }

  @Test
  void anyProgramMayReadItsInputAndWriteItsOutputAsFiles() {
    String source =
        """
        import json, os, sys
        fed = json.load(sys.stdin)
        assert fed == json.load(open(os.environ["TASK_INPUT"]))
        with open(os.environ["TASK_PROGRESS"], "w") as progress:
            progress.write('{"fraction": 0.5, "message": "half way"}\\n')
        json.dump({"seen": fed, "id": os.environ["TASK_ID"]}, open(os.environ["TASK_OUTPUT"], "w"))
        """;
    JsonNode execution =
        rest.run(Tasks.define(rest, Tasks.of("python", source)), "{\"a\":[1,2.50]}");
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.at("/output/id")).isEqualTo(execution.get("id"));
    assertThat(execution.at("/progress/fraction").doubleValue()).isEqualTo(0.5);
    assertThat(execution.at("/progress/message").stringValue()).isEqualTo("half way");
  }

  @Test
  void defaultsOfTheSchemaReachTheCode() {
    ObjectNode definition =
        Tasks.of(
            "javascript",
            "function main(input) { return input; }",
            "{'inputSchema':{'properties':{'n':{'type':'integer','default':7}}}}");
    JsonNode execution = rest.run(Tasks.define(rest, definition), "{}");
    assertThat(execution.at("/output/n").intValue()).isEqualTo(7);
    assertThat(execution.at("/input/n").intValue()).isEqualTo(7);
  }

  @Test
  void aCallerThatWaitsGetsTheEnd() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    Answer answer = rest.post("/tasks/" + task + "/executions", Map.of("Prefer", "wait=30"), "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("preference-applied")).contains("wait=30");
    assertThat(answer.json().get("output").intValue()).isEqualTo(1);
    String slow = Tasks.define(rest, Tasks.of("python", "import time\ntime.sleep(3)\n"));
    Answer early = rest.post("/tasks/" + slow + "/executions", Map.of("Prefer", "wait=1"), "{}");
    assertThat(early.status()).isEqualTo(202);
    assertThat(early.header("location")).isPresent();
    rest.await(early.json().get("id").stringValue(), Duration.ofSeconds(30));
  }

  @Test
  void aHundredStartsWithOneKeyAreOneExecution() throws Exception {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    Callable<Answer> start =
        () ->
            rest.post(
                "/tasks/" + task + "/executions",
                Map.of("Idempotency-Key", "order-4711"),
                "{\"input\":{\"n\":1}}");
    Set<String> bodies;
    Set<Integer> statuses;
    try (ExecutorService threads = Executors.newFixedThreadPool(25)) {
      List<Future<Answer>> answers =
          threads.invokeAll(IntStream.range(0, 100).mapToObj(i -> start).toList());
      bodies = answers.stream().map(f -> f.resultNow().body()).collect(Collectors.toSet());
      statuses = answers.stream().map(f -> f.resultNow().status()).collect(Collectors.toSet());
    }
    assertThat(statuses).containsExactly(202);
    assertThat(bodies).hasSize(1);
    assertThat(rest.get("/executions?task=" + task).json().get("items")).hasSize(1);
    Answer other =
        rest.post(
            "/tasks/" + task + "/executions",
            Map.of("Idempotency-Key", "order-4711"),
            "{\"input\":{\"n\":2}}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
  }

  @Test
  void aRepeatedStartIsAnsweredAtOnceWhenItsExecutionHasEnded() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    Map<String, String> headers = Map.of("Idempotency-Key", "order-4712", "Prefer", "wait=30");
    Answer first = rest.post("/tasks/" + task + "/executions", headers, "{}");
    assertThat(first.status()).isEqualTo(200);
    Instant start = Instant.now();
    Answer again = rest.post("/tasks/" + task + "/executions", headers, "{}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aRepeatedStartIsAnsweredAsTheFirstOneThoughTheTaskHasChanged() {
    ObjectNode definition = Tasks.of("javascript", "function main() { return 1; }");
    String task = Tasks.define(rest, definition);
    String starts = "/tasks/" + task + "/executions";
    Map<String, String> key = Map.of("Idempotency-Key", "order-4712");
    Answer first = rest.post(starts, key, "{\"input\":{\"n\":1}}");
    assertThat(first.status()).isEqualTo(202);
    definition.putObject("inputSchema").put("type", "object").putArray("required").add("m");
    Answer changed =
        rest.call(
            "PUT",
            "/tasks/" + task,
            Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
            definition.toString());
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);

    Answer again = rest.post(starts, key, "{\"input\":{\"n\":1}}");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(rest.post(starts, key, "{\"input\":{}}").code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(rest.post(starts, "{\"input\":{}}").code()).isEqualTo("INPUT_INVALID");
  }

  @Test
  void codeThatFailsIsNotTriedAgainAndSaysWhy() {
    String source = "def main(input):\n    raise ValueError('no such thing')\n";
    JsonNode execution = rest.run(Tasks.define(rest, Tasks.of("python", source)), "{}");
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    JsonNode failure = execution.get("failure");
    assertThat(failure.get("code").stringValue()).isEqualTo("CODE_ERROR");
    assertThat(failure.get("category").stringValue()).isEqualTo("USER");
    assertThat(failure.get("message").stringValue()).contains("1 attempt").contains("not try");
    assertThat(failure.at("/details/stackTrace").stringValue())
        .contains("ValueError: no such thing")
        .contains("main.py");
    assertThat(failure.get("attempt").intValue()).isEqualTo(1);
  }

  @Test
  void codeThatFailsIsTriedAgainIfThePolicyNamesIt() {
    ObjectNode definition =
        Tasks.of(
            "python",
            "def main(input):\n    raise ValueError('again')\n",
            "{'retryPolicy':{'maxRetries':2,'retryInterval':'PT0.2S','retryableErrors':['CODE_ERROR']}}");
    JsonNode execution = rest.run(Tasks.define(rest, definition), "{}");
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(execution.get("attempts")).hasSize(3);
    assertThat(execution.at("/failure/attempt").intValue()).isEqualTo(3);
    assertThat(execution.at("/failure/message").stringValue())
        .contains("3 attempts were made")
        .contains("no retry of 2 is left");
    assertThat(
            execution.get("attempts").valueStream().map(a -> a.at("/failure/code").stringValue()))
        .containsOnly("CODE_ERROR");
  }

  @Test
  void inProcessCodeFollowsTheSamePolicy() {
    ObjectNode definition =
        Tasks.of(
            "javascript",
            "function main() { throw new Error('again'); }",
            "{'retryPolicy':{'maxRetries':1,'retryInterval':'PT0.2S','retryableErrors':['CODE_ERROR']}}");
    JsonNode execution = rest.run(Tasks.define(rest, definition), "{}");
    assertThat(execution.get("attempts")).hasSize(2);
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("CODE_ERROR");
  }

  @Test
  void anOutputThatBreaksItsSchemaIsAFailureWithDetails() {
    for (String runtime : List.of("python", "javascript")) {
      String source =
          runtime.equals("python")
              ? "def main(input):\n    return {'n': 'x'}\n"
              : "function main() { return {n: 'x'}; }";
      ObjectNode definition =
          Tasks.of(
              runtime,
              source,
              "{'outputSchema':{'properties':{'n':{'type':'integer'}},'required':['m']}}");
      JsonNode execution = rest.run(Tasks.define(rest, definition), "{}");
      assertThat(execution.at("/failure/code").stringValue()).isEqualTo("OUTPUT_INVALID");
      assertThat(
              execution
                  .at("/failure/details")
                  .valueStream()
                  .map(d -> d.get("pointer").stringValue()))
          .containsExactlyInAnyOrder("/n", "");
      assertThat(execution.get("output").isNull()).isTrue();
    }
  }

  @Test
  void timeIsUpForCodeThatRunsOn() {
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of("python", "while True: pass\n"),
            "{'resourceRequirements':{'timeoutSeconds':2}}");
    JsonNode execution = rest.run(Tasks.define(rest, definition), "{}");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("TIMEOUT");
    ObjectNode here =
        Tasks.withConfig(
            Tasks.of("javascript", "function main() { while (true) {} }"),
            "{'resourceRequirements':{'timeoutSeconds':1}}");
    assertThat(rest.run(Tasks.define(rest, here), "{}").at("/failure/code").stringValue())
        .isEqualTo("TIMEOUT");
  }

  @Test
  void timeIsUpForAnExecutionThatIsTriedTooLong() {
    ObjectNode definition =
        Tasks.of(
            "python",
            "raise SystemExit(1)\n",
            "{'retryPolicy':{'maxRetries':50,'retryInterval':'PT1S','backoffMultiplier':1,"
                + "'retryableErrors':['CODE_ERROR']},'timeouts':{'total':'PT4S'}}");
    JsonNode execution = rest.run(Tasks.define(rest, definition), "{}");
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(execution.get("attempts").size()).isBetween(2, 6);
  }

  @Test
  void cancelStopsTheCodeThatRuns() {
    String source =
        """
        import signal, sys, time
        def stop(number, frame):
            print("cleaning up", flush=True)
            sys.exit(0)
        signal.signal(signal.SIGTERM, stop)
        print("begun", flush=True)
        time.sleep(60)
        """;
    String id = rest.start(Tasks.define(rest, Tasks.of("python", source)), "{}");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> rest.get("/logs?execution=" + id).body().contains("begun"));
    Answer answer = rest.post("/executions/" + id + "/cancel", "{\"reason\":\"wrong input\"}");
    assertThat(answer.status()).isEqualTo(202);
    Instant asked = Instant.now();
    JsonNode execution = rest.await(id, Duration.ofSeconds(20));
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8));
    assertThat(execution.get("status").stringValue()).isEqualTo("CANCELLED");
    assertThat(execution.at("/cancellation/reason").stringValue()).isEqualTo("wrong input");
    assertThat(execution.at("/cancellation/by").stringValue()).isEqualTo("key first-admin");
    assertThat(rest.get("/logs?execution=" + id).body()).contains("cleaning up");
    Answer again = rest.post("/executions/" + id + "/cancel", "{}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(rest.post("/executions/" + id + "/cancel", "{}").status()).isEqualTo(409);
  }

  @Test
  void cancelBeforeItsTimeEndsAtOnce() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    Answer later =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"startAt\":\"" + Instant.now().plusSeconds(3600) + "\"}");
    String id = later.json().get("id").stringValue();
    JsonNode waiting = rest.execution(id);
    assertThat(waiting.get("status").stringValue()).isEqualTo("RECEIVED");
    assertThat(waiting.at("/waiting/for").stringValue()).contains("start time");
    assertThat(rest.call("POST", "/executions/" + id + "/cancel", Map.of(), (String) null).status())
        .isEqualTo(202);
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("CANCELLED");
  }

  @Test
  void whatIsToStartLaterStartsThen() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    Instant due = Instant.now().plusSeconds(3);
    Answer later = rest.post("/tasks/" + task + "/executions", "{\"startAt\":\"" + due + "\"}");
    JsonNode execution = rest.await(later.json().get("id").stringValue(), Duration.ofSeconds(20));
    assertThat(execution.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(Instant.parse(execution.at("/executionMetadata/startTime").stringValue()))
        .isAfter(due);
  }

  @Test
  void anExecutionStaysOnTheVersionItStartedWith() {
    ObjectNode definition = Tasks.of("javascript", "function main() { return 'one'; }");
    String task = Tasks.define(rest, definition);
    definition.withObject("/automated").put("source", "function main() { return 'two'; }");
    Answer second =
        rest.call(
            "PUT",
            "/tasks/" + task,
            Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
            definition.toString());
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("etag")).contains("\"2\"");
    assertThat(rest.run(task, "{}").get("output").stringValue()).isEqualTo("two");
    Answer first =
        rest.post("/tasks/" + task + "/executions", Map.of("Prefer", "wait=30"), "{\"version\":1}");
    assertThat(first.json().get("output").stringValue()).isEqualTo("one");
    assertThat(first.json().at("/task/version").intValue()).isEqualTo(1);
  }

  @Test
  void executionsAreFoundByLabelStatusAndTask() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main(i) { return i; }"));
    for (int i = 0; i < 5; i++) {
      rest.post(
          "/tasks/" + task + "/executions",
          Map.of("Prefer", "wait=30"),
          "{\"input\":" + i + ",\"labels\":{\"part\":\"" + i % 2 + "\"}}");
    }
    String query = "/executions?task=" + task + "&status=COMPLETED&label=part=0&limit=2";
    JsonNode page = rest.get(query).json();
    assertThat(page.get("items")).hasSize(2);
    Answer next = rest.get(query + "&cursor=" + page.get("nextCursor").stringValue());
    assertThat(next.json().get("items")).hasSize(1);
    assertThat(next.json().get("nextCursor").isNull()).isTrue();
    assertThat(rest.get(query).header("link").orElse("")).contains("rel=\"next\"");
  }
}
