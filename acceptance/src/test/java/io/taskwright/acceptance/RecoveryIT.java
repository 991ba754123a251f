package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of running work when parts of the service, or all of it, are killed. */
class RecoveryIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String SLOW =
      """
      import time
      print("begun", flush=True)
      time.sleep(20)
      def main(input):
          return "done"
      """;

  @BeforeAll
  static void start() {
    SERVICE.up();
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static String begin(String definition) {
    Rest rest = SERVICE.rest();
    String id = rest.start(Tasks.define(rest, Tasks.of("python", SLOW, definition)), "{}");
    await().atMost(Duration.ofSeconds(30)).until(() -> begun(id) == 1);
    return id;
  }

  private static long begun(String id) {
    return SERVICE
        .rest()
        .get("/logs?execution=" + id)
        .json()
        .get("items")
        .valueStream()
        .filter(line -> line.get("message").stringValue().equals("begun"))
        .count();
  }

  private static List<String> failures(JsonNode execution) {
    return execution
        .get("attempts")
        .valueStream()
        .map(attempt -> attempt.at("/failure/code").asString(""))
        .toList();
  }

  @Test
  void workIsDoneAgainAfterEverythingWasKilledUnlessThatWasForbidden() {
    String retried = begin("{}");
    String once = begin("{'retryPolicy':{'maxRetries':0}}");
    Rest rest = SERVICE.rest();
    String waiting =
        rest.post(
                "/tasks/"
                    + Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"))
                    + "/executions",
                "{\"startAt\":\"" + java.time.Instant.now().plusSeconds(5) + "\"}")
            .json()
            .get("id")
            .stringValue();

    SERVICE.killEverything();
    await().atMost(Duration.ofSeconds(10)).until(() -> SERVICE.processes().isEmpty());
    SERVICE.up();

    JsonNode again = SERVICE.rest().await(retried, LONGEST);
    assertThat(again.get("status").stringValue()).as(again.toString()).isEqualTo("COMPLETED");
    assertThat(again.get("output").stringValue()).isEqualTo("done");
    assertThat(failures(again)).containsExactly("WORKER_LOST", "");
    assertThat(begun(retried)).isEqualTo(2);

    JsonNode never = SERVICE.rest().await(once, LONGEST);
    assertThat(never.get("status").stringValue()).as(never.toString()).isEqualTo("FAILED");
    assertThat(never.at("/failure/code").stringValue()).isEqualTo("WORKER_LOST");
    assertThat(failures(never)).containsExactly("WORKER_LOST");
    assertThat(begun(once)).isEqualTo(1);

    assertThat(SERVICE.rest().await(waiting, LONGEST).get("status").stringValue())
        .isEqualTo("COMPLETED");
  }

  @Test
  void workSurvivesItsTemporalAndItsDatabase() {
    for (String part : List.of("temporal", "postgres")) {
      String id = begin("{}");
      long before = SERVICE.pid(part);
      Installation.kill(before);
      JsonNode execution = awaitThroughTheGap(id);
      assertThat(execution.get("status").stringValue())
          .as(execution.toString())
          .isEqualTo("COMPLETED");
      assertThat(execution.get("output").stringValue()).isEqualTo("done");
      assertThat(SERVICE.pid(part)).isNotEqualTo(before);
      String after = SERVICE.rest().start(execution.at("/task/name").stringValue(), "{}");
      SERVICE.rest().post("/executions/" + after + "/cancel", "{}");
      assertThat(awaitThroughTheGap(after).get("status").stringValue()).isEqualTo("CANCELLED");
    }
  }

  /** While the database is away the API answers 503. */
  private static JsonNode awaitThroughTheGap(String id) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> SERVICE.rest().execution(id).path("executionMetadata").hasNonNull("endTime"));
    return SERVICE.rest().execution(id);
  }

  @Test
  void saysThatItsDatabaseIsAway() {
    Installation.kill(SERVICE.pid("postgres"));
    Rest stranger = SERVICE.rest().as("tw_" + "x".repeat(40));
    Answer away =
        await()
            .atMost(Duration.ofSeconds(10))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> stranger.get("/executions"), answer -> answer.status() != 401);
    assertThat(away.status()).as(away.body()).isEqualTo(503);
    assertThat(away.code()).isEqualTo("UNAVAILABLE");
    assertThat(away.header("content-type")).contains("application/problem+json");
    assertThat(away.header("retry-after")).contains("2");
    assertThat(away.json().get("traceId").stringValue()).matches("[0-9a-f]{32}");
    assertThat(away.body()).doesNotContain("SQL").doesNotContain("xception");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> SERVICE.rest().get("/executions").status() == 200);
  }

  @Test
  void aKilledServerGoesOnWithoutItsWorkRunningTwiceAtOnce() {
    String id = begin("{}");
    Installation.kill(SERVICE.pid("server"));
    JsonNode execution = awaitThroughTheGap(id);
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(failures(execution)).containsExactly("WORKER_LOST", "");
  }

  @Test
  void dataSurviveDownAndUpAndStayInTheirFolder(@TempDir Path elsewhere) {
    String id = begin("{}");
    SERVICE.rest().post("/executions/" + id + "/cancel", "{}");
    awaitThroughTheGap(id);
    SERVICE.down();
    assertThat(SERVICE.processes()).isEmpty();
    SERVICE.up(Map.of("TASKWRIGHT_DATA", elsewhere.resolve("data").toString()));
    assertThat(SERVICE.rest().execution(id).get("status").stringValue()).isEqualTo("CANCELLED");
    assertThat(elsewhere.resolve("data")).doesNotExist();
  }
}
