package io.taskwright.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskwright.client.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

/** What words and numbers of the command line mean. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.164S, 0.16 s",
    "PT12.34S, 12.3 s",
    "PT5M3S, 5 min 03 s",
    "PT2H5M, 2 h 05 min",
    "P3DT4H, 3 d 04 h"
  })
  void spansAreSaidAsPeopleSayThem(Duration time, String words) {
    assertThat(Durations.text(time)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"-5, 0 s", "59, 59 s", "61, 1 min", "7200, 2 h", "200000, 2 d"})
  void agesHaveOneUnit(long seconds, String words) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(Durations.ago(Optional.of(now.minusSeconds(seconds)), now)).isEqualTo(words);
    assertThat(Durations.ago(Optional.empty(), now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"hello, false", "hello.yaml, true", "x/hello, true", "Task.JSON, true"})
  void aWordIsAFileOrAName(String word, boolean file) {
    assertThat(Subject.of(word) instanceof Subject.InFile).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({
    "/x/My Task, my-task",
    "/x/--a__b--, a-b",
    "/, my-task",
    "/x/ÄÖ, my-task",
    "/x/ok1, ok1"
  })
  void aFolderNamesItsTask(Path folder, String name) {
    assertThat(Init.name(folder)).isEqualTo(name);
  }

  @Test
  void aListIsTakenInPartsUpToItsLimit() {
    List<Integer> told = new ArrayList<>();
    List<Integer> taken =
        LimitOption.take(
            450,
            ask -> {
              int from = ask.cursor().map(Integer::parseInt).orElse(0);
              List<Integer> items = IntStream.range(from, from + ask.limit()).boxed().toList();
              return new Page<>(items, Optional.of(Integer.toString(from + ask.limit())));
            },
            told::add);
    assertThat(taken).containsExactlyElementsOf(IntStream.range(0, 450).boxed().toList());
    assertThat(told).containsExactly(450);
  }

  @Test
  void timesAndIdsThatAreNoneAreRefused() {
    assertThat(new Times().convert("2026-01-01T01:00:00+01:00"))
        .hasToString("2026-01-01T00:00:00Z");
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Times().convert("tomorrow"))
        .withMessageContaining("'tomorrow' is no time");
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Ids().convert("x"))
        .withMessageContaining("taskwright get executions");
  }
}
