package io.taskwright.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.bench.cost.Cost;
import io.taskwright.bench.load.Load;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static Series.Round round(long executions, Duration took) {
    List<Duration> latencies =
        LongStream.rangeClosed(1, executions).mapToObj(Duration::ofMillis).toList();
    return new Series.Round(new Load.Seen(latencies, took), Cost.none());
  }

  private static Series series(long... seconds) {
    return new Series(
        "some",
        LongStream.of(seconds).mapToObj(took -> round(100, Duration.ofSeconds(took))).toList());
  }

  @Test
  void theRateIsThatOfAllRoundsTogether() {
    Series series = series(1, 3);
    assertThat(series.rate()).isEqualTo(50);
    assertThat(series.rates()).containsExactly(100.0, 100.0 / 3);
  }

  @Test
  void aPercentileIsALatencyThatWasSeen() {
    Series series = series(1);
    assertThat(series.percentileMillis(0.5)).isEqualTo(50);
    assertThat(series.percentileMillis(0.99)).isEqualTo(99);
    assertThat(series.percentileMillis(0)).isEqualTo(1);
  }

  @Test
  void aRatioComparesRoundsInPairsAndTakesTheMiddle() {
    Ratio ratio = new Ratio(series(2, 4, 40), series(1, 3, 4));
    assertThat(ratio.rounds()).containsExactly(0.5, 0.75, 0.1);
    assertThat(ratio.median()).isEqualTo(0.5);
    assertThat(new Ratio(series(2, 4), series(1, 3)).median()).isEqualTo(0.625);
  }
}
