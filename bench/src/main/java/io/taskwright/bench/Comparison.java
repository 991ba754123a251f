package io.taskwright.bench;

import io.taskwright.bench.cost.Cost;
import io.taskwright.bench.cost.CostMeter;
import io.taskwright.bench.load.Load;
import io.taskwright.bench.load.Subject;
import io.taskwright.bench.report.Series;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Puts the same load on several subjects in turn, round by round, so that noise and warmth of the
 * machine meet all of them.
 *
 * @param warmUp put on each before the first round, and not counted
 * @param load of each subject in each round
 */
record Comparison(Load warmUp, Load load, int rounds, PrintWriter progress) {
  /** Between two subjects, for what the first has left behind: it is nobody's. */
  private static final long PAUSE_MILLIS = 700;

  List<Series> of(List<Subject> subjects, CostMeter meter) throws InterruptedException {
    for (Subject subject : subjects) {
      say("warming up " + subject.name());
      warmUp.on(subject);
    }
    Map<String, List<Series.Round>> seen = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : subjects) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        say("round %d of %d: %s".formatted(round, rounds, subject.name()));
        seen.computeIfAbsent(subject.name(), name -> new ArrayList<>()).add(round(subject, meter));
      }
    }
    return seen.entrySet().stream()
        .map(each -> new Series(each.getKey(), each.getValue()))
        .toList();
  }

  private Series.Round round(Subject subject, CostMeter meter) throws InterruptedException {
    Cost before = meter.now();
    Load.Seen seen = load.on(subject);
    return new Series.Round(seen, meter.now().since(before));
  }

  private void say(String what) {
    progress.println(what);
    progress.flush();
  }
}
