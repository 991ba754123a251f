package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Commands that come at the moment of the end. */
final class RaceIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final List<String> COMMANDS = List.of("cancel", "terminate", "skip");

  private final Rest rest = Shared.rest();

  @Test
  void oneOfCommandAndCompletionWins() throws Exception {
    race(100);
  }

  @Test
  @Tag("full")
  void oneOfCommandAndCompletionWinsAThousandTimes() throws Exception {
    race(1000);
  }

  private void race(int times) throws Exception {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 'done'; }"));
    rest.run(task, "{}");
    try (ExecutorService operators = Executors.newFixedThreadPool(4)) {
      List<Future<String>> races = new ArrayList<>();
      for (int n = 0; n < times; n++) {
        String command = COMMANDS.get(n % COMMANDS.size());
        races.add(operators.submit(() -> race(task, command)));
      }
      Map<String, Long> ends = new HashMap<>();
      for (Future<String> race : races) {
        ends.merge(race.get(), 1L, Long::sum);
      }
      assertThat(ends.keySet()).as(ends.toString()).contains("CANCELLED", "COMPLETED");
    }
  }

  /** Starts one and commands it to end at a moment about its own end; tells how it ended. */
  private String race(String task, String command) {
    String id = rest.start(task, "{}");
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(120)));
    String body = command.equals("skip") ? "{\"output\":\"skipped\"}" : "{}";
    Answer answer = rest.post("/executions/" + id + "/" + command, body);
    JsonNode end = rest.await(id, LONGEST);
    String status = end.get("status").stringValue();

    if (answer.status() == 409) {
      assertThat(status).isEqualTo("COMPLETED");
      assertThat(end.get("output").stringValue()).isEqualTo("done");
    } else {
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      switch (command) {
        case "cancel" -> assertThat(status).isIn("CANCELLED", "COMPLETED");
        case "terminate" -> assertThat(status).isEqualTo("CANCELLED");
        default -> {
          assertThat(status).isEqualTo("COMPLETED");
          assertThat(end.get("output").stringValue()).isEqualTo("skipped");
        }
      }
    }
    Map<String, Long> types =
        rest.get("/executions/" + id + "/timeline")
            .json()
            .get("items")
            .valueStream()
            .collect(
                Collectors.groupingBy(
                    event -> event.get("type").stringValue(), Collectors.counting()));
    assertThat(types.get("end")).as(end.toString()).isEqualTo(1);
    assertThat(rest.execution(id)).isEqualTo(end);
    return status;
  }
}
