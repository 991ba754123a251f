package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.execution.Status;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is done to whatever execution: one end, no illegal step, and a row that tells the truth.
 */
final class RandomCommandsIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long SEED = 20_261_122;

  private static final List<String> COMMANDS =
      List.of(
          "cancel",
          "terminate",
          "pause",
          "pause",
          "resume",
          "resume",
          "priority",
          "skip",
          "signals/go");

  private final Rest rest = Shared.rest();

  @Test
  void keepsItsPromisesThroughFiveHundredSequences() throws Exception {
    play(500);
  }

  @Test
  @Tag("full")
  void keepsItsPromisesThroughTenThousandSequences() throws Exception {
    play(10_000);
  }

  private void play(int sequences) throws Exception {
    List<Game> games = IntStream.range(0, 24).mapToObj(n -> define(new Random(SEED + n))).toList();
    try (ExecutorService players = Executors.newFixedThreadPool(8)) {
      List<Future<?>> played = new ArrayList<>();
      for (int n = 0; n < sequences; n++) {
        Random random = new Random(SEED * 31 + n);
        Game game = games.get(random.nextInt(games.size()));
        played.add(players.submit(() -> play(game, random)));
      }
      for (Future<?> one : played) {
        one.get();
      }
    }
  }

  /** A task and what its policy allows. */
  private record Game(String task, int attempts, boolean signals) {}

  private Game define(Random random) {
    int retries = random.nextInt(4);
    boolean inside = random.nextInt(4) > 0;
    String source =
        inside
            ? List.of(
                    "function main() { return 1; }",
                    "function main() { throw new Error('no'); }",
                    "function main(i) { return i; }")
                .get(random.nextInt(3))
            : List.of("exit 1\n", "sleep 0.3; echo 1 > $TASK_OUTPUT\n", "sleep 0.2; exit 3\n")
                .get(random.nextInt(3));
    // Code that is told signals is no small code: most tasks here stay small.
    String signals =
        random.nextInt(3) == 0
            ? ",'signals':{'go':{'awaited':%s}}".formatted(random.nextBoolean())
            : "";
    ObjectNode definition =
        Tasks.of(
            inside ? "javascript" : "bash",
            source,
            "{'retryPolicy':{'maxRetries':%d,'retryInterval':'PT%sS','retryableErrors':['CODE_ERROR','WORKER_LOST']}%s}"
                .formatted(retries, List.of("0.05", "0.5", "5").get(random.nextInt(3)), signals));
    return new Game(Tasks.define(rest, definition), retries + 1, !signals.isEmpty());
  }

  private void play(Game game, Random random) {
    List<String> played = new ArrayList<>();
    String start =
        random.nextInt(5) == 0
            ? "{\"startAt\":\"" + Instant.now().plusMillis(random.nextInt(1500)) + "\"}"
            : "{\"priority\":" + (1 + random.nextInt(5)) + "}";
    String id =
        rest.post("/tasks/" + game.task() + "/executions", start).json().get("id").stringValue();
    for (int moves = random.nextInt(7); moves > 0; moves--) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)));
      String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
      Answer answer = command(id, command, random);
      played.add(command + " " + answer.status());
      assertThat(answer.status())
          .as(answer.body())
          .isIn(202, 409, command.startsWith("signals/") && !game.signals() ? 422 : 409);
    }
    if (command(id, "resume", random).status() == 202) {
      played.add("resume 202");
    }
    if (game.signals() && command(id, "signals/go", random).status() == 202) {
      played.add("signals/go 202");
    }
    JsonNode end = end(id);
    check(game, end, played);
    if (random.nextInt(10) == 0) {
      again(game, end, random);
    }
  }

  private Answer command(String id, String command, Random random) {
    String body =
        switch (command) {
          case "priority" -> "{\"priority\":" + (1 + random.nextInt(5)) + "}";
          case "skip" -> "{\"output\":\"given\"}";
          default -> "{}";
        };
    return rest.post("/executions/" + id + "/" + command, body);
  }

  /** Its end; what waits long for its next attempt is terminated. */
  private JsonNode end(String id) {
    Instant patience = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(patience)) {
      JsonNode execution = rest.execution(id);
      if (execution.path("executionMetadata").hasNonNull("endTime")) {
        return execution;
      }
      if (execution.get("status").stringValue().equals("WAITING")) {
        rest.post("/executions/" + id + "/terminate", "{}");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("no end of " + rest.execution(id));
  }

  private void again(Game game, JsonNode end, Random random) {
    String id = end.get("id").stringValue();
    Answer retried = rest.post("/executions/" + id + "/retry", "{}");
    if (Set.of("FAILED", "CANCELLED").contains(end.get("status").stringValue())) {
      assertThat(retried.status()).as(retried.body()).isEqualTo(201);
      String made = retried.json().get("id").stringValue();
      command(made, random.nextBoolean() ? "cancel" : "terminate", random);
      check(game, end(made), List.of("retry"));
    } else {
      assertThat(retried.status()).isEqualTo(409);
    }
    assertThat(rest.execution(id)).isEqualTo(end);
  }

  private void check(Game game, JsonNode end, List<String> played) {
    String said = played + " " + end;
    Status last = Status.RECEIVED;
    long number = 0;
    int ends = 0;
    int attempts = 0;
    int priority = -1;
    for (JsonNode event :
        rest.get("/executions/" + end.get("id").stringValue() + "/timeline?limit=200")
            .json()
            .get("items")) {
      assertThat(event.get("number").longValue()).as(said).isGreaterThan(number);
      number = event.get("number").longValue();
      assertThat(ends).as("nothing after the end: " + event + said).isZero();
      switch (event.get("type").stringValue()) {
        case "status", "end" -> {
          Status next = Status.valueOf(event.at("/data/status").stringValue());
          assertThat(number == 1 || last.mayBecome(next))
              .as(last + " to " + next + " " + said)
              .isTrue();
          last = next;
          ends += next.ended() ? 1 : 0;
        }
        case "attempt" ->
            attempts += event.at("/data/state").stringValue().equals("started") ? 1 : 0;
        case "priority" -> priority = event.at("/data/priority").intValue();
        default -> {}
      }
    }
    assertThat(ends).as(said).isEqualTo(1);
    assertThat(end.get("status").stringValue()).as(said).isEqualTo(last.name());
    assertThat(attempts).as(said).isLessThanOrEqualTo(game.attempts());
    assertThat(end.get("attempts")).as(said).hasSize(attempts);
    if (priority > 0) {
      assertThat(end.get("priority").intValue()).as(said).isEqualTo(priority);
    }
    assertThat(end.get("paused").isNull()).as(said).isTrue();
    assertThat(end.get("waiting").isNull()).as(said).isTrue();
  }
}
