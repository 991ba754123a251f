package io.taskwright.bench.start;

import java.util.List;

/**
 * How long starts took.
 *
 * @param firstLine from before the start to the first line, ms each, sorted
 * @param whole to the end with all removed, ms each, sorted
 */
record Taken(List<Double> firstLine, List<Double> whole) {
  Taken {
    firstLine = firstLine.stream().sorted().toList();
    whole = whole.stream().sorted().toList();
  }

  static double percentile(List<Double> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(rank, 1) - 1);
  }

  double p50() {
    return percentile(firstLine, 0.5);
  }

  double p99() {
    return percentile(firstLine, 0.99);
  }

  double wholeP50() {
    return percentile(whole, 0.5);
  }
}
