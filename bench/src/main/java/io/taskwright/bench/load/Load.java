package io.taskwright.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients in a closed loop: each starts its next execution when its last has ended.
 *
 * @param executions how many in all
 * @param clients how many at once
 */
public record Load(int executions, int clients) {
  /**
   * What was seen.
   *
   * @param latencies of each execution, from start to end
   * @param took from the first start to the last end
   */
  public record Seen(List<Duration> latencies, Duration took) {
    public Seen {
      latencies = List.copyOf(latencies);
    }
  }

  /**
   * Puts the load on a subject.
   *
   * @throws IllegalStateException if an execution does not end well
   */
  public Seen on(Subject subject) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(executions);
    List<Duration> latencies = new ArrayList<>(executions);
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Duration>>> loops = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        loops.add(threads.submit(() -> loop(subject, left)));
      }
      for (Future<List<Duration>> loop : loops) {
        latencies.addAll(loop.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(subject.name() + " failed: " + e.getMessage(), e);
    }
    return new Seen(latencies, Duration.ofNanos(System.nanoTime() - start));
  }

  private static List<Duration> loop(Subject subject, AtomicInteger left)
      throws InterruptedException {
    List<Duration> latencies = new ArrayList<>();
    while (left.getAndDecrement() > 0) {
      long start = System.nanoTime();
      subject.execute();
      latencies.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return latencies;
  }
}
