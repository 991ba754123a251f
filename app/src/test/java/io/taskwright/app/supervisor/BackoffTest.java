package io.taskwright.app.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void restsLongerWithEachFailure() {
    assertThat(Backoff.after(1)).isEqualTo(Duration.ofMillis(250));
    assertThat(Backoff.after(2)).isEqualTo(Duration.ofMillis(500));
    assertThat(Backoff.after(3)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void neverRestsLongerThanHalfAMinute() {
    assertThat(Backoff.after(8)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
  }
}
