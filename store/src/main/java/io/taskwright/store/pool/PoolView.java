package io.taskwright.store.pool;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool as its workers and its queue make it.
 *
 * @param running executions whose work is under way
 * @param waiting executions that may begin and have no slot
 * @param oldest since when the one that waits longest does
 */
public record PoolView(
    String name, List<WorkerView> workers, long running, long waiting, @Nullable Instant oldest) {
  public PoolView {
    workers = List.copyOf(workers);
  }

  /**
   * One executor.
   *
   * @param live whether it was heard of in the last ten seconds
   * @param backEnds JSON
   * @param seenAt when it was heard of last
   */
  public record WorkerView(
      String id,
      String pool,
      String host,
      String version,
      int slots,
      int used,
      boolean draining,
      boolean live,
      List<String> runtimes,
      String backEnds,
      Instant startedAt,
      Instant seenAt) {
    public WorkerView {
      runtimes = List.copyOf(runtimes);
    }

    /** Whether it takes work. */
    public boolean takes() {
      return live && !draining;
    }
  }

  /** How many attempts its live workers take at once. */
  public int slots() {
    return workers.stream().filter(WorkerView::takes).mapToInt(WorkerView::slots).sum();
  }

  /** How many attempts its live workers make now. */
  public int used() {
    return workers.stream().filter(WorkerView::live).mapToInt(WorkerView::used).sum();
  }

  /** What its live workers run, in the order of the alphabet. */
  public List<String> runtimes() {
    return workers.stream()
        .filter(WorkerView::takes)
        .flatMap(worker -> worker.runtimes().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
