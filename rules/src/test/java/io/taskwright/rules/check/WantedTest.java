package io.taskwright.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WantedTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static String broken(String expect) {
    return Wanted.RESPONSE
        .broken(
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
    assertThat(Wanted.RESPONSE.flaw("other")).isPresent();
    assertThat(Wanted.RESPONSE.flaw("response.status == 200")).isEmpty();
  }

  @Test
  void seesOnlyWhatTheCheckGot() {
    assertThat(Wanted.RESULT.flaw("result.ok")).isEmpty();
    assertThat(Wanted.RESULT.flaw("response.status == 200")).isPresent();
    assertThat(Wanted.RESULT.broken("result == output", json("1"), json("2"), json("2"))).isEmpty();
    assertThat(Wanted.RESULT.broken("result == input", json("1"), json("2"), json("2")))
        .contains("the expression is false");
  }
}
