package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many executions, while parts of the service are killed again and again. */
@Tag("full")
class KillingSpreeIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final int ROUNDS = 12;
  private static final int STARTS = 20;
  private static final List<String> PARTS = List.of("server", "temporal", "postgres");

  @BeforeAll
  static void start() {
    SERVICE.up();
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void everyAcceptedExecutionEndsAndNoneRunsTwiceAtOnce() {
    String task =
        Tasks.define(
            SERVICE.rest(),
            Tasks.of(
                "python",
                "import time\ndef main(input):\n    time.sleep(1)\n    return input['n'] * 2\n",
                "{'retryPolicy':{'maxRetries':8,'retryInterval':'PT1S'}}"));
    Random random = new Random(42);
    List<String> started = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < STARTS; i++) {
        started.add(start(task, started.size()));
      }
      Installation.kill(SERVICE.pid(PARTS.get(random.nextInt(PARTS.size()))));
    }
    for (int n = 0; n < started.size(); n++) {
      JsonNode execution = awaitEnd(started.get(n));
      assertThat(execution.get("status").stringValue())
          .as(execution.toString())
          .isEqualTo("COMPLETED");
      assertThat(execution.get("output").intValue()).isEqualTo(n * 2);
    }
    assertThat(started).doesNotHaveDuplicates();
    String all = "/executions?limit=200&task=" + task;
    JsonNode first = SERVICE.rest().get(all).json();
    JsonNode rest =
        SERVICE.rest().get(all + "&cursor=" + first.get("nextCursor").stringValue()).json();
    assertThat(first.get("items").size() + rest.get("items").size()).isEqualTo(ROUNDS * STARTS);
  }

  /** As a careful client does it: with a key, again and again until there is an answer. */
  private static String start(String task, int n) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () ->
                SERVICE
                    .rest()
                    .post(
                        "/tasks/" + task + "/executions",
                        Map.of("Idempotency-Key", "start-" + n),
                        "{\"input\":{\"n\":" + n + "}}"),
            answer -> answer.status() == 202)
        .json()
        .get("id")
        .stringValue();
  }

  private static JsonNode awaitEnd(String id) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> SERVICE.rest().execution(id).path("executionMetadata").hasNonNull("endTime"));
    return SERVICE.rest().execution(id);
  }
}
