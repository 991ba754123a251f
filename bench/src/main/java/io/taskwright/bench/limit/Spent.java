package io.taskwright.bench.limit;

import io.taskwright.testkit.Rest;

/**
 * What a timer of the service has counted so far.
 *
 * @param seconds of all together
 */
record Spent(double times, double seconds) {
  private static final double MILLIS = 1_000;

  static Spent on(Rest rest, String timer) {
    String text = rest.get("/metrics").body();
    return new Spent(value(text, timer + "_seconds_count"), value(text, timer + "_seconds_sum"));
  }

  private static double value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  Spent since(Spent before) {
    return new Spent(times - before.times, seconds - before.seconds);
  }

  /** Of one, in milliseconds. */
  double meanMillis() {
    return times == 0 ? 0 : seconds * MILLIS / times;
  }
}
