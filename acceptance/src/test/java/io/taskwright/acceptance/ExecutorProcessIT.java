package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Executors as processes of their own, which know Temporal, the API and their key, and no more. */
class ExecutorProcessIT {
  private static final Installation SERVICE = Shared.installation();
  private static final Duration SOON = Duration.ofSeconds(30);

  private static String define(String pool, String source, String config) {
    return Tasks.define(
        SERVICE.rest(),
        Tasks.withConfig(Tasks.of("python", source), "{'pool':'" + pool + "'" + config + "}"));
  }

  private static String define(String pool) {
    return define(pool, "def main(input):\n    return input * 2\n", "");
  }

  @Test
  void runsTheWorkOfItsPoolAndShowsItself() {
    String pool = Tasks.name("own");
    Rest rest = SERVICE.rest();
    String before = rest.start(define(pool), "20");
    assertThat(rest.execution(before).at("/waiting/for").stringValue())
        .isEqualTo("no live executor in pool '" + pool + "'");
    try (OwnExecutor executor =
        OwnExecutor.ready(SERVICE, pool, Map.of("TASKWRIGHT_EXECUTOR_SLOTS", "3"))) {
      JsonNode execution = rest.await(before, SOON);
      assertThat(execution.get("output").intValue()).as(execution.toString()).isEqualTo(40);
      assertThat(execution.at("/route/pool").stringValue()).isEqualTo(pool);
      assertThat(execution.at("/attempts/0/worker").stringValue()).endsWith("/" + executor.pid());

      JsonNode shown = rest.get("/pools/" + pool).json();
      assertThat(shown.at("/capacity/slots").intValue()).isEqualTo(3);
      assertThat(shown.at("/runtimes").toString()).contains("python");
      assertThat(shown.at("/workers/0/state").stringValue()).isEqualTo("LIVE");
      assertThat(shown.at("/workers/0/backEnds/0/name").stringValue()).isEqualTo("bubblewrap");
      assertThat(shown.at("/workers/0/backEnds/0/offered").booleanValue()).isTrue();
      assertThat(rest.get("/pools/nobody-knows-it").status()).isEqualTo(404);
      Checkout.Result list = SERVICE.command("get", "pools");
      assertThat(list.out().lines().filter(line -> line.startsWith(pool)))
          .as(list.out() + list.err())
          .singleElement()
          .asString()
          .contains("python");
      await()
          .atMost(SOON)
          .until(
              () -> rest.get("/metrics").body().contains("taskwright_pool_slots{pool=\"" + pool));

      Rest itself = new Rest(executor.health(), null);
      assertThat(itself.get("/health/live").status()).isEqualTo(200);
      assertThat(itself.get("/health/ready").status()).isEqualTo(200);
      assertThat(itself.get("/metrics").body())
          .contains("taskwright_executor_slots 3.0", "jvm_memory_used", "temporal_");
      executor.signal("TERM");
      assertThat(executor.exit(SOON)).isZero();
      assertThat(rest.get("/pools/" + pool).status()).isEqualTo(404);
    }
  }

  private static OwnExecutor refused(int code, String key, Map<String, String> settings) {
    OwnExecutor executor = OwnExecutor.start(SERVICE, "default", key, settings);
    assertThat(executor.exit(Duration.ofMinutes(2)))
        .as(executor.lines().toString())
        .isEqualTo(code);
    return executor;
  }

  @Test
  void saysInALineWhyItDoesNotStart() {
    String key = OwnExecutor.key(SERVICE);
    try (OwnExecutor wrongKey = refused(5, "tw_" + "x".repeat(40), Map.of())) {
      assertThat(wrongKey.lastLine())
          .startsWith("the service refuses the key in")
          .contains("keys create NAME --role executor", "answered 401");
    }
    try (OwnExecutor viewer = refused(5, SERVICE.adminKey(), Map.of())) {
      assertThat(viewer.lastLine()).contains("answered 403");
    }
    try (OwnExecutor bare =
        refused(
            6,
            key,
            Map.of(
                "TASKWRIGHT_EXECUTOR_SANDBOX", "docker", "DOCKER_HOST", "unix:///nowhere.sock"))) {
      assertThat(bare.lastLine())
          .startsWith("this host offers no sandbox, and code is never run without one: docker: ");
    }
    try (OwnExecutor slots = refused(2, key, Map.of("TASKWRIGHT_EXECUTOR_SLOTS", "0"))) {
      assertThat(slots.lines().toString()).contains("taskwright.executor.slots must be from 1");
    }
  }

  @Test
  void takesNoMoreWorkWhenItsKeyIsTakenBack() {
    String pool = Tasks.name("revoked");
    Rest rest = SERVICE.rest();
    String key = OwnExecutor.key(SERVICE);
    try (OwnExecutor executor = OwnExecutor.start(SERVICE, pool, key, Map.of())) {
      executor.awaitReady();
      String running =
          rest.start(
              define(pool, "import time\ndef main(s):\n    time.sleep(s)\n    return 1\n", ""),
              "8");
      await()
          .atMost(SOON)
          .until(() -> rest.execution(running).get("status").stringValue().equals("RUNNING"));
      List<JsonNode> keys = rest.get("/keys").json().get("items").valueStream().toList();
      String newest =
          keys.stream()
              .filter(each -> each.get("role").stringValue().equals("executor"))
              .max(java.util.Comparator.comparing(each -> each.get("createdAt").stringValue()))
              .orElseThrow()
              .get("id")
              .stringValue();
      assertThat(rest.call("DELETE", "/keys/" + newest, Map.of(), null).status()).isEqualTo(204);
      assertThat(rest.await(running, SOON).get("status").stringValue()).isEqualTo("COMPLETED");
      Rest itself = new Rest(executor.health(), null);
      await().atMost(SOON).until(() -> itself.get("/health/ready").status() == 503);
      assertThat(itself.get("/health/ready").body()).contains("401");
      String waits = rest.start(define(pool), "1");
      await()
          .atMost(SOON)
          .until(() ->
              rest.execution(waits)
                  .at("/waiting/for")
                  .asString("")
                  .equals("no live executor in pool '" + pool + "'"));
      rest.post("/executions/" + waits + "/cancel", "{}");
    }
  }

  @Test
  void letsCodeConnectOnlyWhereItsOperatorAllows() {
    String pool = Tasks.name("bounded");
    try (OwnExecutor executor =
        OwnExecutor.ready(
            SERVICE, pool, Map.of("TASKWRIGHT_EXECUTOR_EGRESS_HOSTS", "*.example.org"))) {
      JsonNode execution =
          SERVICE
              .rest()
              .run(
                  define(
                      pool,
                      "def main(input):\n    return 1\n",
                      ",'securityContext':{'egress':['a.example.org:80','b.example.com:80']}"),
                  "1");
      assertThat(execution.at("/failure/code").stringValue())
          .as(execution.toString())
          .isEqualTo("EGRESS_DENIED");
      assertThat(execution.at("/failure/message").stringValue())
          .contains("b.example.com:80", "taskwright.executor.egress.hosts");
      assertThat(execution.get("attempts")).hasSize(1);
      assertThat(executor.exitCodeIfEnded()).isEmpty();
    }
  }
}
