package io.taskwright.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rate of one subject as a share of another's. The rounds are compared in pairs, since the two
 * of a pair lie close together in time and meet the same noise.
 *
 * @param of what is compared
 * @param to what it is compared with
 */
public record Ratio(Series of, Series to) {
  /** The share in each round. */
  public List<Double> rounds() {
    List<Double> ours = of.rates();
    List<Double> theirs = to.rates();
    return IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / theirs.get(i)).toList();
  }

  /** The middle one of the rounds' shares. */
  public double median() {
    List<Double> sorted = rounds().stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
