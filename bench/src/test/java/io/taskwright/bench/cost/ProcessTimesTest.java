package io.taskwright.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessTimesTest {
  @Test
  void aNameWithSpacesAndBracketsShiftsNothing() {
    String stat = "71 (a ) b) S 70 71 71 0 -1 4194560 1 2 3 4 150 25 300 40 20 0 9 0 88 1 2";
    assertThat(ProcessTimes.parse(stat))
        .isEqualTo(new ProcessTimes(70, Duration.ofMillis(1750), Duration.ofMillis(3400)));
  }
}
