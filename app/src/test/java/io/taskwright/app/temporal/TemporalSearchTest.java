package io.taskwright.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.machine.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemporalSearchTest {
  @Test
  void readsTheServersVersionAndNotTheCommandLines() {
    assertThat(TemporalSearch.serverVersion("temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"))
        .contains(Version.of(1, 29, 1));
    assertThat(TemporalSearch.serverVersion("temporal version 2.0")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.28.9, false", "1.29.1, false", "1.29.4, false", "1.29.5, true", "1.29.12, true",
    "1.30.0, false", "1.30.2, false", "1.30.3, true", "1.31.0, true", "2.0.0, true"
  })
  void acceptsOnlyServersWithTheFix(String server, boolean fixed) {
    assertThat(TemporalSearch.fixed(Version.in(server).orElseThrow())).isEqualTo(fixed);
  }

  @Test
  void readsThePinsFromTheGoModule() {
    assertThat(TemporalPins.read())
        .isEqualTo(new TemporalPins(Version.of(1, 32, 1), Version.of(2, 54, 1)));
  }
}
