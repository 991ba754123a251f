package io.taskwright.app.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VersionTest {
  @Test
  void comparesNumbersAndNotText() {
    assertThat(Version.of(1, 30, 3)).isGreaterThan(Version.of(1, 9, 12));
    assertThat(Version.of(1, 29, 5)).isLessThan(Version.of(1, 30));
  }

  @Test
  void takesAMissingNumberForZero() {
    assertThat(Version.of(17, 0)).isEqualByComparingTo(Version.of(17, 0, 0));
    assertThat(Version.of(1, 30).number(2)).isZero();
  }

  @Test
  void findsTheFirstVersionInWhatAProgramSays() {
    assertThat(Version.in("go version go1.26.8 linux/amd64")).contains(Version.of(1, 26, 8));
    assertThat(Version.in("bubblewrap 0.8.0")).contains(Version.of(0, 8, 0));
    assertThat(Version.in("no number, 7 alone is none")).isEmpty();
  }
}
