package io.taskwright.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "report.csv",
        "plots/a b.png",
        ".hidden",
        "a/.b/c",
        "größe.txt",
        "日本/語.txt",
        "a..b",
        "x-y",
        "(1).txt"
      })
  void takesWhatMeansTheSameEverywhere(String path) {
    assertThat(FilePaths.flaw(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/x",
        "../x",
        "a/../../b",
        "a/./b",
        "a//b",
        "a/",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "-rf",
        "a/-rf",
        "CON",
        "con",
        "aux.txt",
        "COM1",
        "a/LPT9.log",
        "a\\b",
        "C:x",
        "a*",
        "a?",
        "x.",
        "x ",
        " x",
        "a\u202eb",
        "a\u2028b",
        "\ud800",
        "e\u0301",
        "\ue000"
      })
  void refusesWhatMeansSomethingElseSomewhere(String path) {
    assertThat(FilePaths.flaw(path)).isPresent();
  }

  @Test
  void boundsLengthAndDepth() {
    assertThat(FilePaths.flaw("x".repeat(240))).isEmpty();
    assertThat(FilePaths.flaw("x".repeat(241))).get().asString().contains("240");
    assertThat(FilePaths.flaw("ö".repeat(121))).isPresent();
    assertThat(FilePaths.flaw("a/".repeat(15) + "a")).isEmpty();
    assertThat(FilePaths.flaw("a/".repeat(16) + "a")).get().asString().contains("16");
  }
}
