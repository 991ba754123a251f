package io.taskwright.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponseRuleTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static String broken(String expect) {
    return ResponseRule.broken(
            expect,
            json("{'id':7}"),
            json("{'order':9}"),
            json("{'status':200,'body':{'order':9,'ready':true}}"))
        .orElse("");
  }

  @Test
  void holdsTheAnswerAgainstInputAndOutput() {
    assertThat(broken("response.body.order == output.order && input.id == 7")).isEmpty();
    assertThat(broken("!response.body.ready")).isEqualTo("the expression is false");
    assertThat(broken("response.body.gone")).contains("could not be evaluated", "gone");
    assertThat(broken("1 +")).contains("line 1");
    assertThat(ResponseRule.flaw("other")).isPresent();
    assertThat(ResponseRule.flaw("response.status == 200")).isEmpty();
  }
}
