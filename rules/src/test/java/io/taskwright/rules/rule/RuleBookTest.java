package io.taskwright.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.Rule;
import io.taskwright.model.definition.Rule.On;
import io.taskwright.model.definition.Rule.Then;
import io.taskwright.rules.rule.RuleBook.Fired;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RuleBookTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private final RuleBook book =
      new RuleBook(
          List.of(
              new Rule(On.INPUT, "input.width > 4000", Then.BLOCK, "too wide"),
              new Rule(On.OUTPUT, "output.size > 10 * input.width", Then.BLOCK, "too large"),
              new Rule(On.INPUT, "input.note == ''", Then.WARN, "no note")));

  @Test
  void firesWhatIsTrueInTheOrderOfTheDefinition() {
    assertThat(book.onInput(json("{'width':5000,'note':''}")))
        .containsExactly(
            new Fired("/rules/0", Then.BLOCK, "too wide"),
            new Fired("/rules/2", Then.WARN, "no note"));
    assertThat(book.onInput(json("{'width':5,'note':'x'}"))).isEmpty();
    assertThat(book.has(On.OUTPUT)).isTrue();
    assertThat(new RuleBook(List.of()).has(On.INPUT)).isFalse();
  }

  @Test
  void letsARuleOverTheOutputSeeTheInput() {
    assertThat(book.onOutput(json("{'width':2}"), json("{'size':21}")))
        .containsExactly(new Fired("/rules/1", Then.BLOCK, "too large"));
    assertThat(book.onOutput(json("{'width':2}"), json("{'size':20}"))).isEmpty();
  }

  @Test
  void doesWhatTheRuleWouldDoWhenItCannotBeEvaluated() {
    assertThat(book.onInput(json("{}")))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.message()).contains("could not be evaluated"))
        .extracting(Fired::then)
        .containsExactly(Then.BLOCK, Then.WARN);
    assertThat(book.onInput(json("{}")).getFirst().message()).contains("width", "too wide");
  }

  @Test
  void saysWhatIsWrongWithACondition() {
    assertThat(RuleBook.flaw(On.INPUT, "output.x > 1").orElse("")).contains("output");
    assertThat(RuleBook.flaw(On.OUTPUT, "output.x > input.x")).isEmpty();
    assertThatThrownBy(() -> new RuleBook(List.of(new Rule(On.INPUT, "1", Then.WARN, "x"))))
        .hasMessageContaining("true or false");
  }
}
