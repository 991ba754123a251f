package io.taskwright.bench.start;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * One runtime in one back end against the others. They have their turns one after the other, so
 * that noise meets all of them.
 *
 * @param cold a back end in which nothing waits
 * @param warm one in which environments wait, at most {@code most}
 * @param image for the engine's command line; empty if there is none
 * @param memory of all that waits, in MiB
 */
record Bout(
    Sandbox cold,
    Sandbox warm,
    int most,
    String image,
    DoubleSupplier memory,
    int runs,
    PrintWriter progress) {
  private static final int BURST = 50;

  /** Until the runtime in an environment waits too, and not only its warden. */
  private static final long RUNTIME_MILLIS = 100;

  /** As long as what was just asked for counts. */
  private static final long REFILL_NANOS = 3_000_000_000L;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  Row of(Hello hello) throws IOException, InterruptedException {
    say(warm.name() + " " + hello.runtime().word());
    Laps bare = new Laps();
    Laps dockerRun = new Laps();
    Laps coldLaps = new Laps();
    Laps warmLaps = new Laps();
    Stopwatch.sandboxed(cold, hello);
    Stopwatch.sandboxed(warm, hello);
    for (int i = 0; i < runs; i++) {
      if (!hello.bare().isEmpty()) {
        bare.add(Stopwatch.command(hello.bare()));
        if (!image.isEmpty() && i % 4 == 0) {
          dockerRun.add(Stopwatch.command(dockerRun(hello)));
        }
      }
      coldLaps.add(Stopwatch.sandboxed(cold, hello));
      awaitWaiting(1);
      Stopwatch.Lap lap = Stopwatch.sandboxed(warm, hello);
      if (lap.environment().contains("warm.")) {
        warmLaps.add(lap);
      }
    }
    return burst(hello, bare.taken(), dockerRun.taken(), coldLaps.taken(), warmLaps.taken());
  }

  private Row burst(Hello hello, Taken bare, Taken dockerRun, Taken coldTaken, Taken warmTaken)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Stopwatch.Started> started = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      started.add(Stopwatch.start(warm, hello));
    }
    Laps laps = new Laps();
    for (Stopwatch.Started one : started) {
      laps.add(one.lap());
    }
    double burstMillis = (System.nanoTime() - start) / 1e6;
    awaitWaiting(most);
    double refill = refill(hello);
    return new Row(
        warm.name(),
        hello.runtime().word(),
        bare,
        dockerRun,
        coldTaken,
        warmTaken,
        laps.taken(),
        burstMillis,
        refill,
        memory.getAsDouble() / most);
  }

  /** How many are made in a second when programs have just taken all that waited. */
  private double refill(Hello hello) throws IOException, InterruptedException {
    List<Stopwatch.Started> started = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      started.add(Stopwatch.start(warm, hello));
    }
    int left = warm.waiting();
    long start = System.nanoTime();
    while (warm.waiting() < most && System.nanoTime() - start < REFILL_NANOS) {
      TimeUnit.MICROSECONDS.sleep(500);
    }
    double rate = (warm.waiting() - left) / ((System.nanoTime() - start) / 1e9);
    for (Stopwatch.Started one : started) {
      one.lap();
    }
    return rate;
  }

  /** Waits on what happens elsewhere: there is nothing to be told by. */
  private void awaitWaiting(int least) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (warm.waiting() < least) {
      if (System.nanoTime() > deadline) {
        throw new IOException("no environments come to wait");
      }
      TimeUnit.MICROSECONDS.sleep(500);
    }
    TimeUnit.MILLISECONDS.sleep(RUNTIME_MILLIS);
  }

  private List<String> dockerRun(Hello hello) {
    List<String> words =
        new ArrayList<>(List.of("docker", "run", "--rm", "--network", "none", "--memory", "628m"));
    words.addAll(List.of("--memory-swap", "628m", "--pids-limit", "64", "--read-only"));
    words.addAll(List.of("--tmpfs", "/task:size=500m", "--cap-drop", "ALL"));
    words.addAll(List.of("--security-opt", "no-new-privileges", "--user", "10001:10001"));
    words.addAll(List.of("--log-driver", "none", "--ipc", "none"));
    words.addAll(List.of("--entrypoint", inImage(hello), image));
    words.addAll(hello.bare().subList(1, hello.bare().size()));
    return words;
  }

  private static String inImage(Hello hello) {
    return hello.runtime() == TaskRuntime.NODE ? "/usr/bin/node" : hello.bare().getFirst();
  }

  private void say(String what) {
    progress.println(what);
    progress.flush();
  }

  /** What is measured one after the other. */
  private static final class Laps {
    private final List<Double> firstLine = new ArrayList<>();
    private final List<Double> whole = new ArrayList<>();

    void add(Stopwatch.Lap lap) {
      firstLine.add(lap.firstLine());
      whole.add(lap.whole());
    }

    Taken taken() {
      return new Taken(firstLine, whole);
    }
  }
}
