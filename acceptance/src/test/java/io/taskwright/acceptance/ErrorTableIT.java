package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of errors that the executor must deal with, one after the other, through REST. */
class ErrorTableIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Rest rest = Shared.rest();

  private static List<String> texts(JsonNode list, String pointer) {
    return list.valueStream().map(each -> each.at(pointer).asString("")).toList();
  }

  private JsonNode run(ObjectNode definition) {
    return rest.await(rest.start(Tasks.define(rest, definition), "{}"), LONGEST);
  }

  @Test
  void inputValidationErrorsRejectTheTaskWithTheirDetails() throws Exception {
    ObjectNode definition =
        Tasks.of(
            "python",
            "print('it ran')\n",
            "{'inputSchema':{'properties':{'n':{'type':'integer'}},'required':['n','m']}}");
    String task = Tasks.define(rest, definition);
    String starts = "/tasks/" + task + "/executions";
    Answer refused = rest.post(starts, "{\"input\":{\"n\":\"x\"}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("INPUT_INVALID");
    assertThat(texts(refused.json().get("errors"), "/pointer")).containsExactlyInAnyOrder("/n", "");
    assertThat(rest.get("/executions?task=" + task).json().get("items")).isEmpty();

    // What did not come by this route was checked by nobody yet: such an input is put into the row.
    String later = "{\"startAt\":\"" + Instant.now().plusSeconds(4) + "\",";
    String id =
        rest.post(starts, later + "\"input\":{\"n\":1,\"m\":1}}").json().get("id").stringValue();
    putInput(id, "{\"n\":\"x\"}");
    JsonNode execution = rest.await(id, LONGEST);
    assertThat(execution.get("status").stringValue()).isEqualTo("REJECTED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("INPUT_INVALID");
    assertThat(execution.at("/failure/details").valueStream())
        .extracting(d -> d.get("pointer").stringValue(), d -> d.get("keyword").stringValue())
        .containsExactlyInAnyOrder(tuple("/n", "type"), tuple("", "required"));
    assertThat(execution.get("attempts")).isEmpty();
  }

  private static void putInput(String execution, String input) throws IOException, SQLException {
    try (Connection connection = ServiceDatabase.open(Shared.installation());
        PreparedStatement update =
            connection.prepareStatement(
                "update execution set input = cast(? as json) where id = ?")) {
      update.setString(1, input);
      update.setObject(2, UUID.fromString(execution));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void environmentErrorsAreRetriedWithBackOff() {
    try (Installation nowhere = Installation.fresh()) {
      nowhere.up(
          Map.of("TASKWRIGHT_EXECUTOR_SANDBOX", "docker", "DOCKER_HOST", "unix:///no/engine/here"));
      Rest there = nowhere.rest();
      ObjectNode definition =
          Tasks.of(
              "python",
              "print('it ran')\n",
              "{'retryPolicy':{'maxRetries':3,'retryInterval':'PT0.5S','backoffMultiplier':2}}");
      JsonNode execution = there.await(there.start(Tasks.define(there, definition), "{}"), LONGEST);
      assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
      assertThat(execution.at("/failure/code").stringValue()).isEqualTo("ENVIRONMENT");
      assertThat(execution.at("/failure/category").stringValue()).isEqualTo("TRANSIENT");
      assertThat(execution.at("/failure/message").stringValue())
          .contains("docker", "4 attempts were made", "no retry of 3 is left");
      JsonNode attempts = execution.get("attempts");
      assertThat(texts(attempts, "/failure/code"))
          .containsExactly("ENVIRONMENT", "ENVIRONMENT", "ENVIRONMENT", "ENVIRONMENT");
      for (int i = 1; i < attempts.size(); i++) {
        Duration pause =
            Duration.between(
                Instant.parse(attempts.get(i - 1).get("endedAt").stringValue()),
                Instant.parse(attempts.get(i).get("startedAt").stringValue()));
        long least = 500L << (i - 1);
        assertThat(pause)
            .as("before attempt %d", i + 1)
            .isGreaterThan(Duration.ofMillis(least - 100));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "MEDIUM"})
  void aTimeoutTerminatesTheExecutionAndMarksItAsFailed(String level) {
    String mark = "taskwright-" + UUID.randomUUID();
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of(
                "bash",
                """
                trap '' TERM INT HUP
                echo begun
                (exec -a %1$s sleep 120) & (exec setsid bash -c 'exec -a %1$s sleep 120') &
                exec -a %1$s sleep 120
                """
                    .formatted(mark)),
            "{'securityContext':{'securityLevel':'"
                + level
                + "'},"
                + "'resourceRequirements':{'timeoutSeconds':4}}");
    String id = rest.start(Tasks.define(rest, definition), "{}");
    await().atMost(Duration.ofSeconds(30)).until(() -> processes(mark) == 3);
    JsonNode execution = rest.await(id, LONGEST);
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("TIMEOUT");
    assertThat(execution.at("/failure/details")).isEqualTo(Tasks.json("{'timeout':'PT4S'}"));
    assertThat(execution.get("attempts")).hasSize(1);
    assertThat(processes(mark)).isZero();
  }

  private static long processes(String word) {
    return HostProcesses.commandLines().stream().filter(line -> line.startsWith(word)).count();
  }

  /** A program that fails in the third line of its file, and what tells where. */
  record Broken(String runtime, String source, List<String> told) {}

  private static final List<Broken> BROKEN =
      List.of(
          new Broken(
              "python",
              """
              def main(input):
                  n = 0
                  return 1 / n
              """,
              List.of("Traceback", "main.py\", line 3, in main", "ZeroDivisionError")),
          new Broken(
              "node",
              """
              exports.main = (input) => {
                const n = null;
                return n.name;
              };
              """,
              List.of("TypeError", "main.js:3")),
          new Broken(
              "java",
              """
              class Main {
                static Object main(Object input) {
                  return 1 / (input.hashCode() * 0);
                }
              }
              """,
              List.of("ArithmeticException", "Main.java:3")),
          new Broken(
              "bash",
              """
              set -e
              cd /task
              ls /nowhere
              """,
              List.of("/nowhere")),
          new Broken(
              "javascript",
              """
              function main(input) {
                const n = null;
                return n.name;
              }
              """,
              List.of("at main", ":3")));

  @Test
  void runtimeErrorsKeepTheirStackTraceAndDetails() {
    for (Broken broken : BROKEN) {
      ObjectNode definition = Tasks.of(broken.runtime(), broken.source());
      if (broken.runtime().equals("java")) {
        Tasks.withConfig(definition, "{'resourceRequirements':{'memory':'256Mi'}}");
      }
      JsonNode execution = run(definition);
      assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
      assertThat(execution.at("/failure/code").stringValue())
          .as(execution.toString())
          .isEqualTo("CODE_ERROR");
      assertThat(execution.at("/failure/details/stackTrace").asString(""))
          .as(broken.runtime())
          .contains(broken.told());
      assertThat(execution.at("/failure/details/exitCode").asInt(0))
          .as(broken.runtime())
          .isNotZero();
      assertThat(execution.at("/attempts/0/failure/details"))
          .isEqualTo(execution.at("/failure/details"));
      assertThat(execution.get("attempts")).hasSize(1);
    }
  }

  @Test
  void outputValidationErrorsMarkTheTaskAsFailedWithTheirDetails() {
    ObjectNode definition =
        Tasks.of(
            "python",
            "def main(input):\n    return {'n': 'x'}\n",
            "{'outputSchema':{'properties':{'n':{'type':'integer'}},'required':['n','m']}}");
    JsonNode execution = run(definition);
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("OUTPUT_INVALID");
    assertThat(execution.at("/failure/details").valueStream())
        .extracting(d -> d.get("pointer").stringValue(), d -> d.get("keyword").stringValue())
        .containsExactlyInAnyOrder(tuple("/n", "type"), tuple("", "required"));
    assertThat(execution.get("output").isNull()).isTrue();
    assertThat(execution.get("attempts")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "MEDIUM"})
  void resourceExhaustionTerminatesTheExecutionAndReschedulesIt(String level) {
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of(
                "python",
                "x = b'x' * (200 << 20)\n",
                "{'retryPolicy':{'maxRetries':1,'retryInterval':'PT0.1S'}}"),
            "{'securityContext':{'securityLevel':'"
                + level
                + "'},"
                + "'resourceRequirements':{'memory':'64Mi','disk':'32Mi'}}");
    JsonNode execution = run(definition);
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(execution.at("/failure/message").stringValue()).contains("2 attempts were made");
    assertThat(texts(execution.get("attempts"), "/failure/code"))
        .containsExactly("RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED");
    assertThat(texts(execution.get("attempts"), "/memory")).containsExactly("64Mi", "64Mi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "MEDIUM"})
  void whatHadTooLittleMemoryIsRescheduledWithMore(String level) {
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of(
                "python",
                """
                import time
                def main(input):
                    held = b'x' * (150 << 20)
                    time.sleep(1)
                    return len(held)
                """,
                "{'retryPolicy':{'maxRetries':3,'retryInterval':'PT0.1S'}}"),
            "{'securityContext':{'securityLevel':'"
                + level
                + "'},"
                + "'resourceRequirements':{'memory':'64Mi','maxMemory':'1Gi','disk':'32Mi'}}");
    JsonNode execution = run(definition);
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.get("output").intValue()).isEqualTo(150 << 20);
    JsonNode attempts = execution.get("attempts");
    assertThat(texts(attempts, "/memory")).containsExactly("64Mi", "128Mi", "256Mi");
    assertThat(texts(attempts, "/failure/details/limit")).containsExactly("64Mi", "128Mi", "");
    assertThat(rest.get("/logs?execution=" + execution.get("id").stringValue()).body())
        .contains("attempt 3 gets 256Mi of memory: 128Mi were too little");
  }

  /**
   * A program that breaks a limit.
   *
   * @param bound a field of its limits
   * @param details by which a client knows the limit
   */
  record Greedy(String source, String bound, String code, String details) {
    static Greedy exhausting(String source, String resource, String limit) {
      return new Greedy(
          source,
          resource.equals("cpuTime") ? "'cpuSeconds':1" : "'cpu':'0.2'",
          "RESOURCE_EXHAUSTED",
          "{'resource':'" + resource + "','limit':'" + limit + "'}");
    }
  }

  private static final List<Greedy> GREEDY =
      List.of(
          Greedy.exhausting("import time\nx = b'x' * (200 << 20)\ntime.sleep(9)", "memory", "64Mi"),
          Greedy.exhausting(
              """
              import subprocess, sys
              subprocess.run([sys.executable, '-c', 'x = b"x" * (200 << 20)'])
              """,
              "memory",
              "64Mi"),
          Greedy.exhausting("open('big', 'wb').write(b'x' * (40 << 20))", "disk", "32Mi"),
          Greedy.exhausting("for i in range(20000): open(f'f{i}', 'w').close()", "files", "10000"),
          Greedy.exhausting(
              """
              import subprocess
              for i in range(100): subprocess.Popen(['sleep', '300'])
              """,
              "processes",
              "64"),
          Greedy.exhausting("while True: print('x' * 9999)", "log", "16Mi"),
          Greedy.exhausting("def main(input): return 'x' * (2 << 20)", "output", "1Mi"),
          Greedy.exhausting("while True: pass", "cpuTime", "PT1S"),
          new Greedy(
              "import time\ntime.sleep(600)",
              "'timeoutSeconds':3",
              "TIMEOUT",
              "{'timeout':'PT3S'}"));

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "MEDIUM"})
  void eachLimitHasADetailOfItsOwn(String level) {
    List<String> started = GREEDY.stream().map(greedy -> start(greedy, level)).toList();
    for (int i = 0; i < GREEDY.size(); i++) {
      JsonNode execution = rest.await(started.get(i), LONGEST);
      assertThat(execution.at("/failure/code").asString(""))
          .as(execution.toString())
          .isEqualTo(GREEDY.get(i).code());
      assertThat(execution.at("/failure/details"))
          .as(GREEDY.get(i).source())
          .isEqualTo(Tasks.json(GREEDY.get(i).details()));
      assertThat(execution.at("/failure/category").stringValue()).isEqualTo("POLICY");
    }
  }

  private String start(Greedy greedy, String level) {
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of("python", greedy.source(), "{'retryPolicy':{'maxRetries':0}}"),
            "{'securityContext':{'securityLevel':'%s'},'resourceRequirements':{'memory':'64Mi','disk':'32Mi',%s}}"
                .formatted(level, greedy.bound()));
    return rest.start(Tasks.define(rest, definition), "{}");
  }
}
