package io.taskwright.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {
  @ParameterizedTest
  @CsvSource({
    "report.csv, report.csv, true",
    "report.csv, a/report.csv, false",
    "*.csv, report.csv, true",
    "*.csv, a/report.csv, false",
    "*.csv, .csv, false",
    ".*, .csv, true",
    "*, .x, false",
    "plots/*.png, plots/a.png, true",
    "plots/*.png, plots/b/a.png, false",
    "plots/*, plots, false",
    "**/*.png, a.png, true",
    "**/*.png, a/b/c.png, true",
    "**/*.png, a/.b/c.png, false",
    "a/**, a/b, true",
    "a/**, a/b/c, true",
    "a/**, a, false",
    "a/**, b/c, false",
    "a/**, a/.b, false",
    "**, x, true",
    "**, x/y, true",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "a/**/z, a/b/c, false",
    "*a*b*, xaybz, true",
    "*a*b, xaybzb, true",
    "*a*b, xayz, false",
    "a*, a, true",
    "ab*ba, aba, false",
    "**/x/**, a/x/b, true",
    "**/x/**, x/b, true",
    "**/x/**, a/x, false",
    "*ö*, größe, true"
  })
  void matches(String pattern, String path, boolean meant) {
    assertThat(new FilePattern(pattern).matches(path)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "../*",
        "a/../b",
        "a**",
        "**a/b",
        "**/**/**/x",
        "-*",
        "a\n*",
        "a?",
        "[a]:",
        "*\\*"
      })
  void refusesOddOnes(String text) {
    assertThat(FilePattern.flaw(text)).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilePattern(text))
        .withMessageContaining("pattern");
  }

  @Test
  @Timeout(5)
  void isFastWhateverItIsAskedFor() {
    String stars = "a*".repeat(100) + "b";
    assertThat(new FilePattern(stars).matches("a".repeat(240))).isFalse();
    assertThat(new FilePattern("**/" + "a*/".repeat(6) + "**/b").matches("aa/".repeat(15) + "c"))
        .isFalse();
  }
}
