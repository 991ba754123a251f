package io.taskwright.rules.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignalComparisonTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'a':{}}                              | {'a':{'description':'x'}}              | SAME",
        "{'a':{}}                              | {}                                     | BREAKING",
        "{}                                    | {'a':{}}                               |"
            + " COMPATIBLE",
        "{}                                    | {'a':{'awaited':true}}                 | BREAKING",
        "{'a':{}}                              | {'a':{'awaited':true}}                 | BREAKING",
        "{'a':{'awaited':true}}                | {'a':{}}                               |"
            + " COMPATIBLE",
        "{'a':{'awaited':true,'within':'PT1M'}} | {'a':{'awaited':true,'within':'PT1S'}} |"
            + " UNKNOWN",
        "{'a':{'schema':{'type':'string'}}}    | {'a':{'schema':{'type':['string','null']}}} |"
            + " COMPATIBLE",
        "{'a':{'schema':null}}                 | {'a':{'schema':{'type':'string'}}}     | BREAKING"
      })
  void saysWhomAChangeBreaks(String before, String after, Verdict verdict) {
    Comparison comparison = SignalComparison.of(json(before), json(after));
    assertThat(comparison.verdict()).isEqualTo(verdict);
    assertThat(comparison.findings())
        .hasSize(verdict.compareTo(Verdict.UNKNOWN) < 0 ? 0 : 1)
        .allSatisfy(finding -> assertThat(finding.pointer()).startsWith("/a"));
  }

  @Test
  void comparesTasksThatDeclareNone() {
    assertThat(SignalComparison.of(null, null).verdict()).isEqualTo(Verdict.SAME);
  }
}
