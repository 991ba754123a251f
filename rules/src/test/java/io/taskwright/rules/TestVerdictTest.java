package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.taskwright.model.Violation;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.TestVerdict.Seen;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TestVerdictTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static List<Difference> verdict(String expect, Seen seen) {
    JsonNode definition = json("{'tests':[{'name':'a','expect':" + expect + "}]}");
    return TestVerdict.of(DefinitionReader.tests(definition).getFirst().expect(), seen);
  }

  private static Seen completed(String output) {
    return new Seen(
        Status.COMPLETED, json(output), null, "", List.of(), Method.CONTAINER, "default");
  }

  private static Seen failed() {
    return new Seen(
        Status.FAILED,
        null,
        FailureCode.CODE_ERROR,
        "it broke at line 3",
        List.of(),
        Method.CONTAINER,
        "default");
  }

  @Test
  void whatComesAsItIsExpectedPasses() {
    assertThat(verdict("{'output':{'n':1,'a':[1,2.50]}}", completed("{'a':[1.0,2.5],'n':1}")))
        .isEmpty();
    assertThat(verdict("{'output':null}", completed("null"))).isEmpty();
    assertThat(verdict("{'outputMatches':{'type':'integer'}}", completed("7"))).isEmpty();
    assertThat(verdict("{'failure':{'code':'CODE_ERROR','message':'line 3'}}", failed())).isEmpty();
    assertThat(verdict("{'route':{'method':'CONTAINER','pool':'default'}}", completed("1")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'output':{'n':1}}        | {'n':2}         | /output/n   | is another value",
        "{'output':{'n':1}}        | {}              | /output/n   | is missing",
        "{'output':{}}             | {'n':1}         | /output/n   | is not expected",
        "{'output':[1,2]}          | [1]             | /output/1   | is missing",
        "{'output':{'n':1}} | {'n':'1'} | /output/n | is another value",
        "{'output':{'a/b~':1}}     | {'a/b~':2}      | /output/a~1b~0 | is another value",
        "{'route':{'pool':'blue'}} | 1               | /route/pool | it goes elsewhere",
        "{'route':{'method':'IN_PROCESS'}} | 1       | /route/method | it goes elsewhere",
        "{'failure':{'code':'TIMEOUT'}}    | 1       | /status     | it ended otherwise"
      })
  void whatDiffersIsSaidWithItsPlace(String expect, String output, String pointer, String message) {
    assertThat(verdict(expect.strip(), completed(output.strip())))
        .extracting(Difference::pointer, Difference::message)
        .containsExactly(tuple(pointer.strip(), message.strip()));
  }

  @Test
  void aSchemaThatIsNotMetSaysWhere() {
    assertThat(
            verdict(
                "{'outputMatches':{'properties':{'n':{'type':'integer'}}}}",
                completed("{'n':'x'}")))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.pointer()).isEqualTo("/output/n");
          assertThat(difference.actual()).isEqualTo(json("'x'"));
          assertThat(difference.message()).startsWith("type: ");
        });
  }

  @Test
  void aFailureIsToldWhereAnOutputWasExpected() {
    assertThat(verdict("{'output':1}", failed()))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.pointer()).isEqualTo("/status");
          assertThat(difference.message()).isEqualTo("CODE_ERROR: it broke at line 3");
        });
    assertThat(verdict("{'failure':{'code':'TIMEOUT','message':'slow'}}", failed()))
        .extracting(Difference::pointer)
        .containsExactly("/failure/code", "/failure/message");
  }

  @Test
  void aPlaceThatWasNotRefusedIsADifference() {
    Seen rejected =
        new Seen(
            Status.REJECTED,
            null,
            FailureCode.INPUT_INVALID,
            "",
            List.of(new Violation("/n", "type", "m"), new Violation("/m", "required", "m")),
            null,
            null);
    assertThat(verdict("{'violations':[{'pointer':'/n'}]}", rejected)).isEmpty();
    assertThat(verdict("{'violations':[{'pointer':'/n','keyword':'enum'}]}", rejected))
        .singleElement()
        .satisfies(difference ->
            assertThat(difference.actual()).isEqualTo(json("'/n (type), /m (required)'")));
    assertThat(verdict("{'violations':[],'route':{'pool':'default'}}", rejected))
        .extracting(Difference::pointer)
        .containsExactly("/route/pool");
  }

  @Test
  void anEndlessListOfDifferencesIsCut() {
    String many = "[" + "1,".repeat(200) + "1]";
    assertThat(verdict("{'output':" + many + "}", completed("[]"))).hasSize(50);
  }

  @Test
  void longValuesAreCutAndManyDifferencesAreNotAllTold() {
    String emoji = "\ud83d\ude00".repeat(1_500);
    Difference cut = verdict("{'output':1}", completed("'x" + emoji + "'")).getFirst();
    assertThat(String.valueOf(cut.actual()))
        .hasSizeLessThan(2_100)
        .contains("\ud83d\ude00… (3001 characters)");
    JsonNode many = JSON.createArrayNode().addAll(Collections.nCopies(500, json("1")));
    String wanted = "{'outputMatches':{'items':{'type':'string'}}}";
    assertThat(verdict(wanted, completed(many.toString()))).hasSizeBetween(10, 50);
    String all = "{'type':'array','maxItems':1,'items':{'type':'string'}}";
    assertThat(
            verdict("{'outputMatches':" + all + "}", completed("['" + "y".repeat(9_000) + "',1]")))
        .allSatisfy(one -> assertThat(String.valueOf(one.actual())).hasSizeLessThan(2_100));
  }
}
