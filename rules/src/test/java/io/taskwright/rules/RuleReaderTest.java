package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Rule;
import io.taskwright.rules.DefinitionReader.Reading;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RuleReaderTest {
  private static final String RULE =
      "{'on':'input','when':'input.n > 1','then':'warn','message':'m'}";

  private static Reading read(String rules) {
    String json =
        "{'name':'t','automated':{'runtime':'python','source':'x'},'rules':" + rules + "}";
    return new DefinitionReader(Caps.DEFAULT)
        .read(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }

  private static List<Violation> violations(String rules) {
    return switch (read(rules)) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid(List<Violation> violations) -> violations;
    };
  }

  @Test
  void readsRulesInTheirOrder() {
    assertThat(read("[" + RULE + "," + RULE.replace("input", "output") + "]"))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid ->
                assertThat(valid.definition().rules())
                    .containsExactly(
                        new Rule(Rule.On.INPUT, "input.n > 1", Rule.Then.WARN, "m"),
                        new Rule(Rule.On.OUTPUT, "output.n > 1", Rule.Then.WARN, "m")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'on':'input'} | /rules | type",
        "['x'] | /rules/0 | type",
        "[{'when':'true','then':'warn','message':'m'}] | /rules/0/on | required",
        "[{'on':'inputs','when':'true','then':'warn','message':'m'}] | /rules/0/on | enum",
        "[{'on':'input','when':'true','then':'log','message':'m'}] | /rules/0/then | enum",
        "[{'on':'input','then':'warn','message':'m'}] | /rules/0/when | required",
        "[{'on':'input','when':'true','then':'warn'}] | /rules/0/message | required",
        "[{'on':'input','when':'true','then':'warn','message':' '}] | /rules/0/message | maxLength",
        "[{'on':'input','when':5,'then':'warn','message':'m'}] | /rules/0/when | type",
        "[{'on':'input','when':'input.n >','then':'warn','message':'m'}] | /rules/0/when |"
            + " INVALID_EXPRESSION",
        "[{'on':'input','when':'output.n','then':'warn','message':'m'}] | /rules/0/when |"
            + " INVALID_EXPRESSION",
        "[{'on':'input','when':'true','then':'warn','message':'m','if':1}] | /rules/0/if |"
            + " UNKNOWN_FIELD",
      })
  void saysWhatIsWrongAndWhere(String rules, String pointer, String keyword) {
    assertThat(violations(rules))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(Tuple.tuple(pointer, keyword));
  }

  @Test
  void boundsHowManyThereAre() {
    String many = "[" + RULE + ("," + RULE).repeat(Rule.MOST) + "]";
    assertThat(violations(many)).extracting(Violation::keyword).containsExactly("maxItems");
  }
}
