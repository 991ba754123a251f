package io.taskwright.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.rules.expression.Expression.Compilation;
import io.taskwright.rules.expression.Expression.Evaluation;
import io.taskwright.rules.expression.Expression.Yield;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class ExpressionTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode INPUT =
      JSON.readTree(
          """
          {"width":5000,"price":12.5,"whole":3,"name":"résumé.pdf","flag":true,"nothing":null,
           "big":9007199254740993,"tags":["a","b"],"lines":[{"sku":"x","count":2},{"sku":"y","count":40}],
           "due":"2026-03-01T12:00:00Z","a b":1,"__class__":"text"}
          """);

  private static Expression ready(String source, Yield yield) {
    return switch (Expression.compile(source, Set.of("input"), yield)) {
      case Compilation.Ready ready -> ready.expression();
      case Compilation.Flawed flawed -> throw new AssertionError(flawed.message());
    };
  }

  private static Evaluation evaluate(String source, Yield yield) {
    return ready(source, yield).evaluate(Map.of("input", INPUT));
  }

  private static String reason(String source, JsonNode input) {
    return switch (ready(source, Yield.JSON).evaluate(Map.of("input", input))) {
      case Evaluation.Value value -> "no reason, but " + value.json();
      case Evaluation.None none -> none.reason();
    };
  }

  private static String flaw(String source) {
    return switch (Expression.compile(source, Set.of("input"), Yield.BOOL)) {
      case Compilation.Ready _ -> "no flaw";
      case Compilation.Flawed flawed -> flawed.message();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.width > 4000",
        "input.width > 4000.5 && input.price < 13",
        "input.whole * 1.5 == 4.5 && 1.5 * input.whole == 4.5 && input.price - 1 == 11.5",
        "input.whole / 2.0 == 1.5 && input.whole + 0.5 == 3.5",
        "input.price / 5 == 2.5",
        "input.big == 9007199254740993",
        "input.name.matches('^r.*[.]pdf$') && !input.name.matches('x')",
        "matches(input.name, 'sum')",
        "input.name.contains('sumé') && !input.name.contains('summ') && input.name.contains('')",
        "input.name.endsWith('.pdf') && size(input.name) == 10",
        "'a' in input.tags && !('c' in input.tags)",
        "input.lines.all(l, l.count > 0) && input.lines.exists(l, l.count > 39)",
        "input.lines.filter(l, l.count > 10).map(l, l.sku) == ['y']",
        "has(input.width) && !has(input.height)",
        "!has(input.height) || input.height > 3",
        "input.?height.orValue(7) == 7",
        "input.nothing == null",
        "timestamp(input.due) < timestamp('2027-01-01T00:00:00Z')",
        "timestamp(input.due) + duration('36h') > timestamp('2026-03-02T00:00:00Z')",
        "input['a b'] == 1",
        "input.tags[1] == 'b'",
        "input.map(k, k).size() == 12",
        "input.tags + ['c'] == ['a', 'b', 'c']",
        "input.lines[0] == {'sku': 'x', 'count': 2}",
        "input.flag",
      })
  void isTrueOfTheInput(String source) {
    assertThat(evaluate(source, Yield.BOOL)).isEqualTo(new Evaluation.Value(JSON.readTree("true")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.lines[1].sku | \"y\"",
        "input.lines | [{\"sku\":\"x\",\"count\":2},{\"sku\":\"y\",\"count\":40}]",
        "{'to': input.name, 'n': [1, 2.5, null]} | {\"to\":\"résumé.pdf\",\"n\":[1,2.5,null]}",
        "input.width + 1 | 5001",
        "timestamp(input.due) | \"2026-03-01T12:00:00Z\"",
        "duration('90s') | \"PT1M30S\"",
        "7u | 7",
        "input.?height | null",
        "input.nothing | null",
        "input | {\"x\":1}",
      })
  void givesJson(String source, String json) {
    JsonNode input = source.equals("input") ? JSON.readTree("{\"x\":1}") : INPUT;
    assertThat(ready(source, Yield.JSON).evaluate(Map.of("input", input)))
        .isInstanceOfSatisfying(
            Evaluation.Value.class,
            value ->
                assertThat(JSON.readTree(value.json().toString())).isEqualTo(JSON.readTree(json)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.height > 3 | height",
        "input.name > 3 | overload",
        "input.width / 0 > 1 | zero",
        "input.tags[9] == 'x' | 9",
        "input.big * input.big > 0 | overflow",
        "other == 1 | other",
        "input.name.matches('(?=x)') | RE2",
        "[1][input.width] == 1 | 5000",
        "{1: 2} | JSON has no form",
        "1.0 / 0.0 | JSON has no form",
      })
  void saysWhyThereIsNoValue(String source, String part) {
    String reason = source.startsWith("other") ? flaw(source) : reason(source, INPUT);
    assertThat(reason).contains(part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.width >  | line 1, column",
        "input.width > 'x' + 3 | column 19",
        "1 + 2 | must give true or false, but gives int",
        "\"text\" | must give true or false",
        "output.x == 1 | undeclared reference to 'output'",
        "input.name.replace('a', 'b') == '' | undeclared reference to 'replace'",
        "T(java.lang.Runtime).getRuntime().exec('id') | line 1",
        "${7*7} | line 1",
        "#{7*7} | line 1",
        "{{7*7}} | line 1",
        "java.lang.System.exit(1) | undeclared",
        "getClass().forName('x') | undeclared",
        "while(true) {} | line 1",
        "'' | line 1",
      })
  void refusesWhatIsNoExpressionForTrueOrFalse(String source, String part) {
    assertThat(flaw(source)).contains(part);
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThat(flaw("true || " + "true || ".repeat(1_000) + "true")).isNotEqualTo("no flaw");
    assertThat(flaw("(".repeat(2_000) + "true" + ")".repeat(2_000))).isNotEqualTo("no flaw");
    assertThat(flaw("input" + ".a".repeat(2_000) + " == 1")).isNotEqualTo("no flaw");
    assertThat(flaw("((((((((input.width > 1))))))))")).isEqualTo("no flaw");
  }

  @Test
  void seesFieldsOnlyAndNothingOfTheHost() {
    assertThat(evaluate("input.__class__", Yield.JSON))
        .isEqualTo(new Evaluation.Value(JSON.readTree("\"text\"")));
    for (String field :
        new String[] {"constructor", "prototype", "getClass", "class", "entrySet"}) {
      assertThat(reason("input." + field, INPUT)).contains(field);
    }
  }

  @Test
  void asksForABoolWhenTheValueIsKnown() {
    assertThat(evaluate("input.name", Yield.BOOL))
        .isEqualTo(
            new Evaluation.None("it gave a value of the type string where true or false is due"));
  }

  @Test
  void boundsLoops() {
    JsonNode many = numbers(1_000);
    assertThat(reason("input.all(x, x >= 0)", many)).isEqualTo("no reason, but true");
    assertThat(reason("input.all(x, input.all(y, x + y >= 0))", many))
        .isNotEmpty()
        .doesNotContain("no reason");
    assertThat(reason("true || input.map(x, input.map(y, input)).size() > 0", many))
        .isEqualTo("no reason, but true");
    assertThat(reason("input.map(x, input.map(y, input)).size() > 0 || true", many))
        .contains("steps");
  }

  @Test
  void boundsWhatIsMade() {
    JsonNode input = JSON.createArrayNode().add("x".repeat(1_000_000));
    assertThat(reason("input[0] + input[0]", input)).contains("steps");
    JsonNode many = numbers(5_000);
    assertThat(reason("input.map(x, input + input).size()", many)).contains("steps");
    assertThat(reason("input.map(x, input.map(y, y) + input.map(y, y)).size()", many))
        .doesNotContain("no reason");
  }

  @Test
  void boundsTexts() {
    String text = "a".repeat(400_000);
    JsonNode input =
        JSON.createObjectNode()
            .put("text", text)
            .put("half", "a".repeat(200_000) + "b")
            .put("pattern", "(a?){500}a{500}");
    assertThat(reason("input.text.matches('^(a+)+$b')", input)).contains("steps");
    assertThat(reason("input.text.contains(input.half)", input)).contains("steps");
    assertThat(reason("input.text.matches(input.pattern)", input))
        .isNotEmpty()
        .doesNotContain("no reason");
    assertThat(reason("'aaaa'.matches('((a{1000}){1000}){1000}')", input)).contains("too large");
    assertThat(reason("'" + "a".repeat(200) + "!'.matches('^(a+)+$')", input))
        .isEqualTo("no reason, but false");
  }

  private static ArrayNode numbers(int count) {
    ArrayNode many = JSON.createArrayNode();
    for (int i = 0; i < count; i++) {
      many.add(i);
    }
    return many;
  }
}
