package io.taskwright.bench.cost;

import io.taskwright.bench.cost.Cost.Payer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Scanner;

/**
 * Reads the processor time of an installation's parts and of this process.
 *
 * @param temporal process number of Temporal's server
 * @param postgres process number of PostgreSQL's first process
 * @param server process number of Taskwright's server
 */
public record CostMeter(long temporal, long postgres, long server) {
  private static final int MILLIS_PER_TICK = 10;

  /** A backend's command line names its user and database. */
  private static final String OUR_BACKENDS = ": taskwright taskwright ";

  /** What each has used up to now. */
  public Cost now() {
    Duration machine = machine();
    ProcessTree tree = ProcessTree.now();
    Duration ours = tree.children(postgres, OUR_BACKENDS);
    Map<Payer, Duration> times = new EnumMap<>(Payer.class);
    times.put(Payer.TEMPORAL, tree.whole(temporal));
    times.put(Payer.POSTGRES_TASKWRIGHT, ours);
    times.put(Payer.POSTGRES_TEMPORAL, tree.whole(postgres).minus(ours));
    Duration servers = Threads.compilers(server);
    times.put(Payer.SERVER, tree.own(server).minus(servers));
    times.put(Payer.SANDBOXES, tree.whole(server).minus(tree.own(server)));
    long bench = ProcessHandle.current().pid();
    Duration own = Threads.compilers(bench);
    times.put(Payer.BENCH, tree.own(bench).minus(own));
    times.put(Payer.COMPILERS, servers.plus(own));
    Duration known = times.values().stream().reduce(Duration.ZERO, Duration::plus);
    times.put(Payer.OTHERS, machine.minus(known));
    return new Cost(times);
  }

  /** User, nice and system time of all processors, since the machine started. */
  private static Duration machine() {
    try {
      String first = Files.readAllLines(Path.of("/proc/stat")).getFirst();
      Scanner fields = new Scanner(first);
      fields.next(); // "cpu"
      long ticks = fields.nextLong() + fields.nextLong() + fields.nextLong();
      return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
