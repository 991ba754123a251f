package io.taskwright.model.protocol;

import io.taskwright.model.execution.Routing;
import java.time.Instant;
import java.util.List;

/**
 * What an executor says of itself every few seconds: that it lives, and what it can do.
 *
 * @param pool whose work it takes
 * @param host where it runs, for a person
 * @param version of the program
 * @param slots how many attempts it takes at once, as its host stands now; 0 to 100000
 * @param used how many it makes now
 * @param draining whether it takes no more, because it is about to end
 * @param runtimes what it runs
 * @param backEnds what became of each kind of sandbox that its operator allows
 * @param startedAt when its process began
 */
public record WorkerBeat(
    String pool,
    String host,
    String version,
    int slots,
    int used,
    boolean draining,
    List<String> runtimes,
    List<BackEndReport> backEnds,
    Instant startedAt) {
  private static final int LONGEST = 200;
  private static final int MOST_SLOTS = 100_000;

  /**
   * One kind of sandbox on the executor's host.
   *
   * @param offered whether it passed its probe and takes programs
   * @param detail which checks it passed, or why it does not
   */
  public record BackEndReport(String name, boolean offered, String detail) {}

  public WorkerBeat {
    if (!Routing.isPool(pool)) {
      throw new IllegalArgumentException("pool: '" + pool + "' is no name of a pool");
    }
    if (slots < 0 || slots > MOST_SLOTS || used < 0) {
      throw new IllegalArgumentException("slots must be from 0 to " + MOST_SLOTS);
    }
    if (host.length() > LONGEST || version.length() > LONGEST) {
      throw new IllegalArgumentException("host and version have at most " + LONGEST + " letters");
    }
    runtimes = List.copyOf(runtimes);
    backEnds = List.copyOf(backEnds);
  }
}
