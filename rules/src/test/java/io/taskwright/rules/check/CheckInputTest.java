package io.taskwright.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.rules.check.CheckInput.Made;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckInputTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static Made made(Map<String, String> fields) {
    return CheckInput.of(
        new TreeMap<>(fields), json("{'n':3}"), json("[7]"), json("{'id':'e1','version':2}"));
  }

  @Test
  void givesInputAndOutputUnlessSomethingElseIsSaid() {
    assertThat(made(Map.of()))
        .isEqualTo(new Made.Value(json("{'input':{'n':3},'output':[7]}").asObject()));
  }

  @Test
  void makesEachFieldByItsExpression() {
    assertThat(made(Map.of("sum", "input.n + output[0]", "of", "execution.id")))
        .hasToString("Value[json={\"of\":\"e1\",\"sum\":10}]");
  }

  @Test
  void saysWhichFieldCannotBeMade() {
    assertThat(made(Map.of("gone", "input.gone")))
        .isInstanceOfSatisfying(
            Made.None.class,
            none -> {
              assertThat(none.field()).isEqualTo("gone");
              assertThat(none.reason()).contains("gone");
            });
  }
}
