package io.taskwright.bench.limit;

import io.taskwright.bench.limit.Queue.Ran;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the keys fared.
 *
 * @param mostAtOnce of any key
 * @param meanWaits of each key, from the time that it was due until it began, in seconds
 * @param perSecond executions, from the first start to the last end
 */
record Fairness(int mostAtOnce, Map<String, Double> meanWaits, double perSecond) {
  private static final double MILLIS = 1_000;

  static Fairness of(List<Ran> all, Instant due) {
    Map<String, List<Ran>> keys =
        all.stream().collect(Collectors.groupingBy(Ran::key, TreeMap::new, Collectors.toList()));
    Map<String, Double> waits = new TreeMap<>();
    keys.forEach((key, ran) ->
        waits.put(
            key,
            ran.stream()
                    .mapToLong(one -> Duration.between(due, one.start()).toMillis())
                    .average()
                    .orElse(0)
                / MILLIS));
    Instant end = all.stream().map(Ran::end).max(Comparator.naturalOrder()).orElse(due);
    return new Fairness(
        keys.values().stream().mapToInt(Fairness::mostAtOnce).max().orElse(0),
        waits,
        all.size() * MILLIS / Math.max(1, Duration.between(due, end).toMillis()));
  }

  private static int mostAtOnce(List<Ran> ran) {
    record Edge(Instant at, int step) {}
    List<Edge> edges =
        ran.stream()
            .flatMap(one -> Stream.of(new Edge(one.start(), 1), new Edge(one.end(), -1)))
            .sorted(Comparator.comparing(Edge::at).thenComparingInt(Edge::step))
            .toList();
    int now = 0;
    int most = 0;
    for (Edge edge : edges) {
      now += edge.step();
      most = Math.max(most, now);
    }
    return most;
  }

  /** The mean over the keys, in seconds. */
  double mean() {
    return meanWaits.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Of the key that waited longest, in seconds. */
  double slowest() {
    return meanWaits.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** Of the key that waited shortest, in seconds. */
  double fastest() {
    return meanWaits.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }

  /** How much longer the slowest key waited than the mean. */
  double ratio() {
    return slowest() / Math.max(0.001, mean());
  }
}
