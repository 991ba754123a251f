package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages of known attacks and of bad inputs name tests that exist, and one for each that must be
 * held.
 */
class KnownAttacksTest {
  private static final String ATTACKS = "known_attacks.md";
  private static final String INPUTS = "bad_inputs.md";
  private static final Pattern ROW =
      Pattern.compile("^\\| ([RB]?[0-9][0-9–, ]*) \\|.*", Pattern.MULTILINE);
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
  private static final List<String> MUST =
      List.of(
          "R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R22", "R32",
          "R36", "R39", "R46", "R47", "R48", "R49", "R50");

  private static List<MatchResult> rows(String page) throws IOException {
    Path file = Checkout.root().resolve("docs/implementation").resolve(page);
    return ROW.matcher(Files.readString(file)).results().toList();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Checkout.root(), 20)) {
      for (Path file : files.filter(each -> each.toString().contains("/src/test/java/")).toList()) {
        if (file.toString().endsWith(".java")) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }

  @ParameterizedTest
  @ValueSource(strings = {ATTACKS, INPUTS})
  void eachRowNamesTestsThatExist(String page) throws IOException {
    Map<String, String> sources = sources();
    assertThat(rows(page)).hasSizeGreaterThan(40);
    for (MatchResult row : rows(page)) {
      List<MatchResult> named = NAMED.matcher(row.group()).results().toList();
      assertThat(named).as(row.group()).isNotEmpty();
      for (MatchResult test : named) {
        assertThat(sources.getOrDefault(test.group(1), "no such class"))
            .as(test.group())
            .contains("void " + test.group(2) + "(");
      }
    }
  }

  @Test
  void eachIncidentHasATestThatCarriesItsNumber() throws IOException {
    Map<String, String> numbered = new HashMap<>();
    rows(ATTACKS).forEach(row -> numbered.put(row.group(1), row.group()));
    for (String number : MUST) {
      assertThat(numbered.getOrDefault(number, "no row"))
          .as(number)
          .containsPattern("\\.regress(R\\d\\dAnd)?" + number);
    }
  }
}
