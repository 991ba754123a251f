package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import io.taskwright.rules.DefinitionReader.Reading;
import io.taskwright.rules.LimitKey.Taken;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LimitsTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static Reading read(String limits) {
    return new DefinitionReader(Caps.DEFAULT)
        .read(json("{'name':'t','automated':{'runtime':'bash','source':'true'}," + limits + "}"));
  }

  private static TaskContract contract(String limits) {
    return new TaskContract(((Reading.Valid) read(limits)).definition());
  }

  private static Taken take(String key, String input) {
    return contract("'concurrency':{'limit':1,'key':'" + key + "'}")
        .concurrencyKey()
        .orElseThrow()
        .take(json(input));
  }

  @Test
  void readsBothLimits() {
    var definition =
        contract(
                "'concurrency':{'limit':5,'key':'input.customer','onLimit':'cancelOldest'},"
                    + "'rate':{'limit':100,'per':'PT1M','onLimit':'reject'}")
            .definition();
    assertThat(definition.concurrency())
        .isNotNull()
        .satisfies(limit -> assertThat(limit.limit()).isEqualTo(5))
        .satisfies(limit -> assertThat(limit.onLimit()).isEqualTo(OnLimit.CANCEL_OLDEST));
    assertThat(definition.rate())
        .isNotNull()
        .satisfies(limit -> assertThat(limit.per()).isEqualTo(Duration.ofMinutes(1)))
        .satisfies(limit -> assertThat(limit.refuses()).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'concurrency':{}                                    | /concurrency/limit   | required",
        "'concurrency':{'limit':0}                           | /concurrency/limit   |"
            + " LIMIT_OUT_OF_RANGE",
        "'concurrency':{'limit':10001}                       | /concurrency/limit   |"
            + " LIMIT_OUT_OF_RANGE",
        "'concurrency':{'limit':1.5}                         | /concurrency/limit   | type",
        "'concurrency':{'limit':1,'onLimit':'drop'}          | /concurrency/onLimit | enum",
        "'concurrency':{'limit':1,'key':7}                   | /concurrency/key     | type",
        "'concurrency':{'limit':1,'key':'input.'}            | /concurrency/key     |"
            + " INVALID_EXPRESSION",
        "'concurrency':{'limit':1,'key':'output.x'}          | /concurrency/key     |"
            + " INVALID_EXPRESSION",
        "'concurrency':{'limit':1,'keys':'x'}                | /concurrency/keys    |"
            + " UNKNOWN_FIELD",
        "'concurrency':5                                     | /concurrency         | type",
        "'rate':{'limit':1}                                  | /rate/per            | required",
        "'rate':{'limit':1,'per':'PT0S'}                     | /rate/per            |"
            + " LIMIT_OUT_OF_RANGE",
        "'rate':{'limit':1,'per':'P2D'}                      | /rate/per            |"
            + " LIMIT_OUT_OF_RANGE",
        "'rate':{'limit':1,'per':'a minute'}                 | /rate/per            | format",
        "'rate':{'limit':1,'per':'PT1M','onLimit':'cancelNewest'} | /rate/onLimit   | enum"
      })
  void refusesWhatIsNoLimit(String limits, String pointer, String keyword) {
    assertThat(((Reading.Invalid) read(limits.strip())).violations())
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(pointer, keyword));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'c':'acme'}              | acme",
        "{'c':true}                | true",
        "{'c':12}                  | 12",
        "{'c':12.50}               | 12.5"
      })
  void takesTextsNumbersAndBooleansForKeys(String input, String text) {
    assertThat(take("input.c", input.strip()))
        .isInstanceOfSatisfying(
            Taken.Value.class, value -> assertThat(value.text()).isEqualTo(text));
  }

  @Test
  void tellsANumberFromItsTextAndNotFromItsOtherWayOfWriting() {
    assertThat(take("input.c", "{'c':1}")).isEqualTo(take("input.c", "{'c':1.0}"));
    assertThat(take("input.c", "{'c':1}")).isNotEqualTo(take("input.c", "{'c':'1'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}              | gave nothing",
        "{'c':null}      | another value",
        "{'c':[1]}       | another value",
        "{'c':{}}        | another value",
        "7               | gave nothing"
      })
  void refusesWhatCannotBeAKey(String input, String message) {
    assertThat(take("input.c", input.strip()))
        .isInstanceOfSatisfying(
            Taken.None.class,
            none -> {
              assertThat(none.violation().pointer()).isEqualTo("/concurrency/key");
              assertThat(none.violation().message()).contains("input.c", message);
            });
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    String longest = "x".repeat(LimitKey.LONGEST);
    assertThat(take("input.c", "{'c':'" + longest + "'}")).isInstanceOf(Taken.Value.class);
    assertThat(take("input.c", "{'c':'" + longest + "x'}")).isInstanceOf(Taken.None.class);
  }

  @Test
  void hasOneKeyForAllWithoutAnExpression() {
    LimitKey key = contract("'rate':{'limit':1,'per':'PT1S'}").rateKey().orElseThrow();
    assertThat(key.take(json("{'c':1}"))).isEqualTo(key.take(json("7")));
  }
}
