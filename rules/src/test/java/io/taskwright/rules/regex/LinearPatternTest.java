package io.taskwright.rules.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.rules.regex.LinearPattern.NoPattern;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[0-9a-f]{8}-[0-9a-f]{4}$",
        "\\p{L}{1,1000}",
        "\\x{1F600}+",
        "[{}]{3}",
        "a{2,}b",
        "[]{9}]{2}",
        "[[:alpha:]]{20}",
        "{x}",
        "((a|b){30}){30}",
        "\\{1000\\}{1000}",
        "\\Q{9}\\E",
      })
  void takesWhatIsBearable(String regex) throws NoPattern {
    assertThat(LinearPattern.of(regex)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(?:(?:x{10,1000}){1000}){1000}",
        "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})",
        "([a-z]{1000}[0-9]{1000}){3}",
        "((((a{100}){100}){100}",
        "(\\p{L}{1000}){6}",
      })
  void refusesWhatWouldFillTheMemory(String regex) {
    assertThatThrownBy(() -> LinearPattern.of(regex))
        .isInstanceOf(NoPattern.class)
        .hasMessageContaining("too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?=a)", "(a)\\1", "(?<!a)b", "(", "a**", "[z-a]", "a{1001}", "a{5}{3}"})
  void refusesWhatRe2Lacks(String regex) {
    assertThatThrownBy(() -> LinearPattern.of(regex))
        .isInstanceOfSatisfying(
            NoPattern.class, e -> assertThat(e.reason()).contains("no regular expression"));
  }

  @Test
  void refusesALongPatternAndQuotesItsStart() {
    assertThatThrownBy(() -> LinearPattern.of("a".repeat(5_001)))
        .hasMessageContaining("aaa…")
        .hasMessageContaining("too large");
  }

  @Test
  void tellsWhatItSpends() throws NoPattern {
    AtomicLong spent = new AtomicLong();
    assertThat(LinearPattern.of("^(a+)+$").isIn("a".repeat(8_000) + "!", spent::addAndGet))
        .isFalse();
    assertThat(spent).hasValueBetween(1_000, 20_000);
  }

  @Test
  void endsWhenTheMeterThrows() throws NoPattern {
    LinearPattern pattern = LinearPattern.of("x$");
    assertThatThrownBy(() ->
            pattern.isIn(
                "abc",
                steps -> {
                  throw new IllegalStateException("enough");
                }))
        .hasMessage("enough");
  }
}
