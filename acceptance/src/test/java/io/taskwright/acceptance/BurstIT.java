package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many executions at once, half of them hostile: they leave nothing, and others go on. */
class BurstIT {
  private static final Installation SERVICE = Shared.installation();
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final String GOOD = "def main(n):\n    return sum(range(100000)) and n\n";
  private static final List<String> BAD =
      List.of(
          "while True: pass\n",
          "import os\nwhile True: os.fork()\n",
          "x = bytearray(1 << 30)\nfor i in range(0, len(x), 4096): x[i] = 1\n",
          "f = open('big', 'wb')\nwhile True: f.write(b'x' * (1 << 20))\n",
          "import sys\nwhile True: sys.stdout.write('x' * (1 << 16) + '\\n')\n");

  private static String define(String pool, String source) {
    return Tasks.define(
        SERVICE.rest(),
        Tasks.withConfig(
            Tasks.of("python", source, "{'retryPolicy':{'maxRetries':0}}"),
            "{'pool':'%s','resourceRequirements':{'memory':'64Mi','disk':'16Mi','timeoutSeconds':10}}"
                .formatted(pool)));
  }

  /** How long the work of so many runs took, one after the other, in milliseconds, in order. */
  private static List<Long> durations(String task, int runs) {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      JsonNode attempt =
          SERVICE.rest().await(SERVICE.rest().start(task, "1"), LONGEST).at("/attempts/0");
      assertThat(attempt.get("failure").isNull()).as(attempt.toString()).isTrue();
      millis.add(
          Duration.between(
                  Instant.parse(attempt.get("startedAt").stringValue()),
                  Instant.parse(attempt.get("endedAt").stringValue()))
              .toMillis());
    }
    return millis.stream().sorted().toList();
  }

  private static long p99(List<Long> sorted) {
    return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
  }

  private record Neighbour(long quiet, long busy) {}

  /**
   * Starts so many, and beside them so many runs of a neighbour in a pool of its own.
   *
   * @param settings those of the executor that has the many
   */
  private static Neighbour burst(int count, int runs, Map<String, String> settings) {
    String pool = Tasks.name("burst");
    String calm = Tasks.name("calm");
    Rest rest = SERVICE.rest();
    try (OwnExecutor crowded = OwnExecutor.ready(SERVICE, pool, settings);
        OwnExecutor neighbour = OwnExecutor.ready(SERVICE, calm, Map.of())) {
      String mine = define(calm, GOOD);
      long quiet = p99(durations(mine, runs));
      String good = define(pool, GOOD);
      List<String> bad = BAD.stream().map(source -> define(pool, source)).toList();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ids.add(rest.start(i % 2 == 0 ? good : bad.get(i / 2 % bad.size()), "1"));
      }
      long busy = p99(durations(mine, runs));
      for (int i = 0; i < count; i++) {
        JsonNode ended = rest.await(ids.get(i), LONGEST);
        assertThat(ended.get("status").stringValue())
            .as(ended.toString())
            .isEqualTo(i % 2 == 0 ? "COMPLETED" : "FAILED");
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(traces(crowded, ids)).isEmpty());
      assertThat(crowded.exitCodeIfEnded()).isEmpty();
      assertThat(neighbour.exitCodeIfEnded()).isEmpty();
      return new Neighbour(quiet, busy);
    }
  }

  /** Processes, mounts, control groups and files that name one of the executions. */
  private static List<String> traces(OwnExecutor executor, List<String> ids) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
          .forEach(folder -> {
            names.add(text(folder.resolve("cmdline")));
            names.add(text(folder.resolve("environ")));
          });
    }
    names.addAll(Files.readAllLines(Path.of("/proc/self/mounts")));
    names.addAll(below(Path.of("/sys/fs/cgroup")));
    names.addAll(below(executor.data()));
    return names.stream().filter(name -> ids.stream().anyMatch(name::contains)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it is gone, or not ours
    }
  }

  private static List<String> below(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            names.add(dir.toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            names.add(file.toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it went away meanwhile
          }
        });
    return names;
  }

  @Test
  void leavesNothingBehind() {
    burst(20, 3, side(20));
  }

  @Test
  @Tag("full")
  void twoHundredSideBySideLeaveNothingBehind() {
    burst(200, 3, side(200));
  }

  @Test
  @Tag("full")
  void twoHundredLeaveTheirNeighbourItsSpeed() {
    Neighbour neighbour = burst(200, 100, Map.of());
    assertThat(neighbour.busy())
        .as("p99 of a neighbour beside 200 executions, in ms; quiet " + neighbour.quiet())
        .isLessThanOrEqualTo(3 * neighbour.quiet());
  }

  /** So many at once, whatever the host says. */
  private static Map<String, String> side(int slots) {
    String count = Integer.toString(slots);
    return Map.of("TASKWRIGHT_EXECUTOR_SLOTS", count, "TASKWRIGHT_EXECUTOR_LEASTSLOTS", count);
  }
}
