package io.taskwright.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.DefinitionTest;
import io.taskwright.model.definition.Expectation.ExpectedFailure;
import io.taskwright.model.definition.Expectation.ExpectedRoute;
import io.taskwright.model.definition.Expectation.ExpectedViolation;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.DefinitionReader.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TestsReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final DefinitionReader reader = new DefinitionReader(Caps.DEFAULT);

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static ObjectNode with(String tests) {
    ObjectNode definition =
        json("{'name':'t','outputSchema':{'type':'integer'},"
                + "'automated':{'runtime':'python','source':'print()'}}")
            .asObject();
    definition.set("tests", json(tests));
    return definition;
  }

  private List<Violation> violations(JsonNode definition) {
    return switch (reader.read(definition)) {
      case Reading.Valid valid -> List.of();
      case Reading.Invalid(List<Violation> violations) -> violations;
    };
  }

  private DefinitionTest one(String test) {
    ObjectNode definition = with("[" + test + "]");
    assertThat(violations(definition)).isEmpty();
    return DefinitionReader.tests(definition).getFirst();
  }

  @Test
  void codeRunsUnlessTheTestHasAMock() {
    DefinitionTest test = one("{'name':'a','expect':{'output':1}}");
    assertThat(test.input()).isEqualTo(json("{}"));
    assertThat(test.work()).isEqualTo(new DryRun.Closed());
    assertThat(test.expect().status()).isEqualTo(Status.COMPLETED);
    assertThat(one("{'name':'a','mocks':{'output':null},'expect':{'output':1}}").work())
        .isEqualTo(new DryRun.Gives(JSON.nullNode()));
    assertThat(
            one("{'name':'a','mocks':{'failure':{'code':'TIMEOUT','message':'m'}},"
                    + "'expect':{'status':'FAILED'}}")
                .work())
        .isEqualTo(new DryRun.Fails(FailureCode.TIMEOUT, "m"));
  }

  @Test
  void theEndIsMeantByWhatIsExpectedOfIt() {
    var failed = one("{'name':'a','expect':{'failure':{'code':'TIMEOUT'}}}").expect();
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.failure()).isEqualTo(new ExpectedFailure(FailureCode.TIMEOUT, ""));
    var rejected =
        one("{'name':'a','expect':{'violations':[{'pointer':'/n'},"
                + "{'pointer':'','keyword':'type'}]}}")
            .expect();
    assertThat(rejected.status()).isEqualTo(Status.REJECTED);
    assertThat(rejected.violations())
        .containsExactly(new ExpectedViolation("/n", null), new ExpectedViolation("", "type"));
    assertThat(one("{'name':'a','expect':{'route':{'method':'IN_PROCESS'}}}").expect().route())
        .isEqualTo(new ExpectedRoute(Method.IN_PROCESS, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                          | /tests             | type",
        "[1]                                                         | /tests/0           | type",
        "[{'expect':{'output':1}}]                                   | /tests/0/name      |"
            + " required",
        "[{'name':' ','expect':{'output':1}}]                        | /tests/0/name      |"
            + " INVALID_NAME",
        "[{'name':'a\\nb','expect':{'output':1}}]                    | /tests/0/name      |"
            + " INVALID_NAME",
        "[{'name':'a','expect':{'output':1},'x':1}]                  | /tests/0/x         |"
            + " UNKNOWN_FIELD",
        "[{'name':'a'}]                                              | /tests/0/expect    |"
            + " required",
        "[{'name':'a','expect':{}}]                                  | /tests/0/expect    |"
            + " required",
        "[{'name':'a','expect':{'outputs':1,'output':1}}]            | /tests/0/expect/outputs |"
            + " UNKNOWN_FIELD",
        "[{'name':'a','expect':{'status':'CANCELLED'}}]              | /tests/0/expect/status |"
            + " enum",
        "[{'name':'a','expect':{'output':'x'}}]                      | /tests/0/expect/output |"
            + " type",
        "[{'name':'a','expect':{'outputMatches':{'type':'x'}}}]      |"
            + " /tests/0/expect/outputMatches/type | INVALID_SCHEMA",
        "[{'name':'a','expect':{'outputMatches':{'$ref':'http://x'}}}] |"
            + " /tests/0/expect/outputMatches/$ref | INVALID_SCHEMA",
        "[{'name':'a','expect':{'status':'FAILED','output':1}}]      | /tests/0/expect/output |"
            + " contradiction",
        "[{'name':'a','expect':{'failure':{'code':'X'}}}]            | /tests/0/expect/failure/code"
            + " | enum",
        "[{'name':'a','expect':{'failure':{'code':'INPUT_INVALID'}}}] |"
            + " /tests/0/expect/failure/code | enum",
        "[{'name':'a','expect':{'violations':[{}]}}]                 |"
            + " /tests/0/expect/violations/0/pointer | required",
        "[{'name':'a','expect':{'route':{}}}]                        | /tests/0/expect/route |"
            + " required",
        "[{'name':'a','expect':{'route':{'method':'X'}}}]            | /tests/0/expect/route/method"
            + " | enum",
        "[{'name':'a','mocks':{},'expect':{'output':1}}]             | /tests/0/mocks     |"
            + " required",
        "[{'name':'a','mocks':{'output':1,'failure':{'code':'TIMEOUT'}},'expect':{'output':1}}] |"
            + " /tests/0/mocks | required",
        "[{'name':'a','mocks':{'failure':{'code':'RULE_BLOCKED'}},'expect':{'output':1}}] |"
            + " /tests/0/mocks/failure/code | enum",
        "[{'name':'a','mocks':{'steps':{}},'expect':{'output':1}}]   | /tests/0/mocks/steps |"
            + " UNKNOWN_FIELD"
      })
  void whatIsWrongIsSaidWithItsPlace(String tests, String pointer, String keyword) {
    assertThat(violations(with(tests.strip())))
        .extracting(Violation::pointer, Violation::keyword)
        .contains(tuple(pointer.strip(), keyword.strip()));
  }

  @Test
  void namesAreUniqueAndThereAreAtMostAHundred() {
    assertThat(
            violations(
                with("[{'name':'a','expect':{'output':1}},{'name':'a','expect':{'output':1}}]")))
        .containsExactly(
            new Violation("/tests/1/name", "uniqueItems", "another test has the name 'a'"));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      many.add("{'name':'" + i + "','expect':{'output':1}}");
    }
    assertThat(violations(with("[" + String.join(",", many.subList(0, 100)) + "]"))).isEmpty();
    assertThat(violations(with("[" + String.join(",", many) + "]")))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/tests", "maxItems"));
  }

  @Test
  void aMockMayBreakTheOutputSchemaAsAProgramMay() {
    assertThat(
            one("{'name':'a','mocks':{'output':'x'},'expect':{'failure':{'code':'OUTPUT_INVALID'}}}")
                .work())
        .isEqualTo(new DryRun.Gives(json("'x'")));
  }

  @Test
  void aDryRunNotesTheWorkUnlessTheDefinitionSaysThatItMayRun() {
    ObjectNode definition = with("[]");
    assertThat(((Reading.Valid) reader.read(definition)).definition().dryRun())
        .isEqualTo(new DryRun.Noted());
    definition.put("dryRun", "run");
    assertThat(((Reading.Valid) reader.read(definition)).definition().dryRun())
        .isEqualTo(new DryRun.Closed());
    definition.put("dryRun", "yes");
    assertThat(violations(definition))
        .extracting(Violation::pointer, Violation::keyword)
        .containsExactly(tuple("/dryRun", "enum"));
  }
}
