package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of work when executors are killed, stopped, and told to end. Code has its effect on
 * a ledger that counts: nothing is lost, and nothing has its effect twice.
 */
class FaultsIT {
  private static final Installation SERVICE = Shared.installation();
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration DISPATCHED_AGAIN = Duration.ofSeconds(15);
  private static final Map<String, String> OPEN =
      Map.of(
          "TASKWRIGHT_EXECUTOR_EGRESS_OPENRANGES", "127.0.0.1/32",
          "TASKWRIGHT_EXECUTOR_SLOTS", "20",
          "TASKWRIGHT_EXECUTOR_LEASTSLOTS", "20");

  private static EffectLedger ledger;

  @BeforeAll
  static void open() throws IOException {
    ledger = new EffectLedger();
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  private static String pool() {
    return Tasks.name("faults");
  }

  private static List<String> start(String pool, int count, int seconds) {
    Rest rest = SERVICE.rest();
    String task =
        Tasks.define(
            rest,
            Tasks.withConfig(
                Tasks.of("python", ledger.program(), "{'retryPolicy':{'maxRetries':8}}"),
                "{'pool':'%s','securityContext':{'egress':['%s']},'resourceRequirements':{'memory':'64Mi'}}"
                    .formatted(pool, ledger.address())));
    List<String> ids =
        IntStream.range(0, count)
            .mapToObj(n -> rest.start(task, Integer.toString(seconds)))
            .toList();
    await().atMost(LONGEST).until(() -> ids.stream().allMatch(FaultsIT::begun));
    return ids;
  }

  private static boolean begun(String id) {
    return SERVICE
        .rest()
        .get("/logs?execution=" + id)
        .json()
        .get("items")
        .valueStream()
        .anyMatch(line -> line.get("message").stringValue().equals("begun"));
  }

  private static void assertDoneOnce(List<String> ids, String... failures) {
    for (String id : ids) {
      JsonNode execution = SERVICE.rest().await(id, LONGEST);
      assertThat(execution.get("status").stringValue())
          .as(execution.toString())
          .isEqualTo("COMPLETED");
      assertThat(
              execution
                  .get("attempts")
                  .valueStream()
                  .map(attempt -> attempt.at("/failure/code").asString("")))
          .as(execution.toString())
          .containsExactly(failures);
      assertThat(ledger.of(id)).as("effects of " + id).isEqualTo(1);
    }
  }

  private static Instant secondStart(String id) {
    return Instant.parse(SERVICE.rest().execution(id).at("/attempts/1/startedAt").stringValue());
  }

  private static void assertDispatchedAgain(List<String> ids, Instant since) {
    for (String id : ids) {
      assertThat(Duration.between(since, secondStart(id)))
          .isPositive()
          .isLessThan(DISPATCHED_AGAIN);
    }
  }

  private static double running(OwnExecutor executor) {
    return new Rest(URI.create(executor.health().toString()), null)
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("taskwright_executor_running "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @Test
  void anotherExecutorDoesTheWorkOfAKilledOne() {
    String pool = pool();
    try (OwnExecutor killed = OwnExecutor.ready(SERVICE, pool, OPEN)) {
      List<String> ids = start(pool, 4, 40); // longer than another executor needs to come up
      try (OwnExecutor other = OwnExecutor.ready(SERVICE, pool, OPEN)) {
        killed.signal("KILL");
        Instant now = Instant.now();
        assertDoneOnce(ids, "WORKER_LOST", "");
        assertDispatchedAgain(ids, now);
        assertThat(other.exitCodeIfEnded()).isEmpty();
      }
    }
  }

  @Test
  void aKilledExecutorSaysWhatItLostWhenItIsBack() {
    String pool = pool();
    try (OwnExecutor killed = OwnExecutor.ready(SERVICE, pool, OPEN)) {
      List<String> ids = start(pool, 3, 20);
      killed.signal("KILL");
      Instant now = Instant.now();
      killed.again();
      assertDoneOnce(ids, "WORKER_LOST", "");
      assertDispatchedAgain(ids, now);
    }
  }

  private static void aStoppedExecutorIsFencedOff(Duration stop) {
    String pool = pool();
    try (OwnExecutor stopped = OwnExecutor.ready(SERVICE, pool, OPEN);
        OwnExecutor other = OwnExecutor.ready(SERVICE, pool, OPEN)) {
      List<String> ids = start(pool, 8, 20);
      List<String> lost = ids.stream().filter(id -> isMadeBy(stopped, id)).toList();
      assertThat(lost).isNotEmpty();
      stopped.signal("STOP");
      Instant now = Instant.now();
      assertDoneOnce(lost, "WORKER_LOST", "");
      assertDispatchedAgain(lost, now);
      await().atMost(stop.plusMinutes(1)).until(() -> Instant.now().isAfter(now.plus(stop)));
      stopped.signal("CONT");
      await().atMost(Duration.ofSeconds(30)).until(() -> running(stopped) == 0);
      assertDoneOnce(lost, "WORKER_LOST", "");
      assertDoneOnce(ids.stream().filter(id -> !lost.contains(id)).toList(), "");
      assertThat(other.exitCodeIfEnded()).isEmpty();
      assertThat(stopped.exitCodeIfEnded()).isEmpty();
    }
  }

  private static boolean isMadeBy(OwnExecutor executor, String id) {
    return SERVICE
        .rest()
        .execution(id)
        .at("/attempts/0/worker")
        .stringValue()
        .endsWith("/" + executor.pid());
  }

  @Test
  void anExecutorThatWasStoppedHasNoEffectWhenItGoesOn() {
    aStoppedExecutorIsFencedOff(Duration.ofSeconds(30));
  }

  @Test
  @Tag("full")
  void anExecutorThatWasStoppedForTwoMinutesHasNoEffectWhenItGoesOn() {
    aStoppedExecutorIsFencedOff(Duration.ofMinutes(2));
  }

  @Test
  void anExecutorThatIsToldToEndFinishesWhatRuns() {
    String pool = pool();
    try (OwnExecutor executor = OwnExecutor.ready(SERVICE, pool, OPEN)) {
      List<String> ids = start(pool, 20, 15);
      executor.signal("TERM");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> executor.lines().stream().anyMatch(line -> line.contains("no more work")));
      assertThat(executor.exit(LONGEST)).isZero();
      assertDoneOnce(ids, "");
    }
  }

  @Test
  void anExecutorThatIsToldTwiceEndsAtOnceAndSaysSo() {
    String pool = pool();
    try (OwnExecutor executor = OwnExecutor.ready(SERVICE, pool, OPEN)) {
      List<String> ids = start(pool, 2, 60);
      executor.signal("TERM");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> executor.lines().stream().anyMatch(line -> line.contains("no more work")));
      executor.signal("TERM");
      assertThat(executor.exit(Duration.ofSeconds(30))).isZero();
      JsonNode execution = SERVICE.rest().execution(ids.getFirst());
      assertThat(execution.at("/attempts/0/failure/message").stringValue())
          .contains("shut down while the code ran");
      ids.forEach(id -> SERVICE.rest().post("/executions/" + id + "/cancel", "{}"));
    }
  }

  @Test
  @Tag("full")
  void workIsDoneAgainWhenItsContainerEngineWasKilled() throws Exception {
    assumeTrue(PrivateDocker.possible(), "no engine to have the image from");
    String pool = pool();
    try (PrivateDocker docker = PrivateDocker.withImage()) {
      Map<String, String> settings = new HashMap<>(OPEN);
      settings.put("TASKWRIGHT_EXECUTOR_SANDBOX", "docker");
      settings.put("DOCKER_HOST", docker.host());
      try (OwnExecutor executor = OwnExecutor.ready(SERVICE, pool, settings)) {
        List<String> ids = start(pool, 3, 20);
        docker.killAndStart();
        for (String id : ids) {
          JsonNode execution = SERVICE.rest().await(id, LONGEST);
          assertThat(execution.get("status").stringValue())
              .as(execution.toString())
              .isEqualTo("COMPLETED");
          assertThat(ledger.of(id)).as("effects of " + id).isEqualTo(1);
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> ids.stream().noneMatch(docker.containers()::contains));
        assertThat(executor.exitCodeIfEnded()).isEmpty();
      }
    }
  }
}
