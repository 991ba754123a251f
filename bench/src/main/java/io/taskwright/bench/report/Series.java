package io.taskwright.bench.report;

import io.taskwright.bench.cost.Cost;
import io.taskwright.bench.cost.Cost.Payer;
import io.taskwright.bench.load.Load;
import java.time.Duration;
import java.util.List;

/**
 * All rounds of one subject.
 *
 * @param subject what it is called
 * @param rounds in the order of their making, at least one
 */
public record Series(String subject, List<Round> rounds) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * One round.
   *
   * @param seen by its clients
   * @param cost from its first start to its last end
   */
  public record Round(Load.Seen seen, Cost cost) {
    double rate() {
      return seen.latencies().size() / seconds(seen.took());
    }
  }

  public Series {
    rounds = List.copyOf(rounds);
  }

  /** Executions of all rounds. */
  public int executions() {
    return rounds.stream().mapToInt(round -> round.seen().latencies().size()).sum();
  }

  /** Executions per second, over all rounds. */
  public double rate() {
    return executions() / seconds(took());
  }

  /** Executions per second, of each round. */
  public List<Double> rates() {
    return rounds.stream().map(Round::rate).toList();
  }

  /** The time that so large a share of the executions did not exceed, in milliseconds. */
  public double percentileMillis(double share) {
    List<Duration> sorted =
        rounds.stream().flatMap(round -> round.seen().latencies().stream()).sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1).toNanos() / NANOS_PER_MILLI;
  }

  /** Processor time for one execution, in milliseconds. */
  public double costMillis(Payer payer) {
    return cost(payer).toNanos() / NANOS_PER_MILLI / executions();
  }

  /** Processors that were busy for a payer, on average. */
  public double cores(Payer payer) {
    return seconds(cost(payer)) / seconds(took());
  }

  private Duration cost(Payer payer) {
    return rounds.stream().map(Round::cost).reduce(Cost.none(), Cost::plus).of(payer);
  }

  private Duration took() {
    return rounds.stream().map(round -> round.seen().took()).reduce(Duration.ZERO, Duration::plus);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }
}
