package io.taskwright.client.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.py, main.py, true",
    "*.py, src/main.py, false",
    "*.py, .hidden.py, false",
    "src/*.p?, src/a.py, true",
    "**, a/b/c, true",
    "**, a/.git/c, false",
    "src/**, src/a/b, true",
    "src/**, srcs/a, false",
    "**/*.csv, a.csv, true",
    "**/*.csv, x/y/a.csv, true",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "a+(b).c, a+(b).c, true",
    "a.c, abc, false",
    ".env, .env, true",
  })
  void patternsMatchPaths(String pattern, String path, boolean matches) {
    assertThat(new Glob(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, true, false",
    "*.py, false, false",
    "src/.x/*, false, true",
    ".x, true, true"
  })
  void aPatternKnowsWhatItIs(String pattern, boolean literal, boolean hidden) {
    assertThat(new Glob(pattern).literal()).isEqualTo(literal);
    assertThat(new Glob(pattern).looksIntoHidden()).isEqualTo(hidden);
  }
}
