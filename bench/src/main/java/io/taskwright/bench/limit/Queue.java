package io.taskwright.bench.limit;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Executions of one task that all wait before the first begins, those of a key one after another:
 * the order that treats keys worst where nobody sees to it.
 *
 * @param limit of each key
 */
record Queue(Rest rest, String task, int executions, int keys, int limit) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CLIENTS = 16;
  private static final int ACCEPTED = 202;
  private static final int PAGE = 200;
  private static final long PAUSE_MILLIS = 2_000;
  private static final List<String> UNDER_WAY =
      List.of("RECEIVED", "PREPARING", "RUNNING", "WAITING", "PAUSED");

  /** Defines the task. */
  static Queue of(Rest rest, String name, int executions, int keys, int limit) {
    ObjectNode definition = JSON.createObjectNode().put("name", name);
    definition
        .putObject("automated")
        .put("runtime", "javascript")
        .put("source", "function main(input) { return input; }");
    definition.putObject("concurrency").put("limit", limit).put("key", "input.key");
    definition.putObject("timeouts").put("queue", "PT6H");
    return new Queue(rest, rest.define(definition.toString()), executions, keys, limit);
  }

  /**
   * Has all of them accepted, to begin at that time.
   *
   * @throws IllegalStateException if it has come before all were accepted
   */
  void fill(Instant due) throws InterruptedException {
    List<Future<Integer>> starts = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < executions; i++) {
        String key = "key-" + i / Math.max(1, executions / keys) % keys;
        starts.add(clients.submit(() -> start(key, due)));
      }
      for (Future<Integer> start : starts) {
        if (start.get() != ACCEPTED) {
          throw new IllegalStateException("a start was answered " + start.get());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    if (Instant.now().isAfter(due)) {
      throw new IllegalStateException(
          "not all were accepted before the first began; give more time by --lead");
    }
  }

  private int start(String key, Instant due) {
    ObjectNode body = JSON.createObjectNode().put("startAt", due.toString());
    body.putObject("input").put("key", key);
    body.putObject("labels").put("key", key);
    Answer answer = rest.post("/tasks/" + task + "/executions", body.toString());
    return answer.status();
  }

  /** Returns when all have ended. */
  void drain(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (UNDER_WAY.stream().anyMatch(this::any)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not all had ended after " + longest);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private boolean any(String status) {
    return !rest.get("/executions?limit=1&task=" + task + "&status=" + status)
        .json()
        .path("items")
        .isEmpty();
  }

  /** All of them as their records say. */
  List<Ran> ran() {
    List<Ran> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = rest.get("/executions?limit=" + PAGE + "&task=" + task + cursor).json();
      page.get("items").forEach(item -> all.add(Ran.of(item)));
      JsonNode next = page.path("nextCursor");
      cursor = next.isString() ? "&cursor=" + next.stringValue() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  /** When one began and ended. */
  record Ran(String key, Instant start, Instant end) {
    static Ran of(JsonNode item) {
      JsonNode times = item.get("executionMetadata");
      if (!item.get("status").stringValue().equals("COMPLETED")) {
        throw new IllegalStateException("an execution did not complete: " + item);
      }
      return new Ran(
          item.at("/labels/key").stringValue(),
          Instant.parse(times.get("startTime").stringValue()),
          Instant.parse(times.get("endTime").stringValue()));
    }
  }
}
