package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Checkout.Result;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What no honest author sends as a dry run, a test or a file to be checked. */
final class CheckInputIT {
  private static final Rest REST = Shared.rest();
  private static final Map<String, String> YAML = Map.of("Content-Type", "application/yaml");
  private static String task = "";

  private final Installation installation = Shared.installation();
  @TempDir private Path folder;

  @BeforeAll
  static void defineATask() {
    task = Tasks.define(REST, Tasks.of("javascript", "function main(i) { return i; }", "{}"));
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    assertThat(answer.body()).doesNotContain("java.").doesNotContain("org.springframework");
  }

  private static ObjectNode tested(String source, String tests) {
    return Tasks.of("javascript", source, "{'tests':" + tests + "}");
  }

  static Stream<Arguments> dryRuns() {
    return Stream.of(
        Arguments.of("", 400, "BODY_REQUIRED"),
        Arguments.of("{", 400, "MALFORMED_JSON"),
        Arguments.of("null", 400, "INVALID_TYPE"),
        Arguments.of("{\"mocks\":{},\"mocks\":{}}", 400, "DUPLICATE_KEY"),
        Arguments.of("{\"mocks\":{\"output\":1e400}}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"mocks\":{\"output\":\"a\\u0000b\"}}", 400, "INVALID_CHARACTER"),
        Arguments.of("{\"mocks\":{\"output\":\"\\ud800\"}}", 400, "INVALID_CHARACTER"),
        Arguments.of("{\"labels\":{}}", 400, "UNKNOWN_FIELD"),
        Arguments.of("{\"dryRun\":false}", 400, "UNKNOWN_FIELD"),
        Arguments.of("{\"version\":\"1\"}", 400, "INVALID_TYPE"),
        Arguments.of("{\"mocks\":[]}", 422, "VALUE_INVALID"),
        Arguments.of("{\"mocks\":{\"people\":{\"decision\":\"approved\"}}}", 422, "VALUE_INVALID"),
        Arguments.of("{\"mocks\":{\"output\":1,\"steps\":{}}}", 422, "VALUE_INVALID"),
        Arguments.of("{\"mocks\":{\"failure\":\"TIMEOUT\"}}", 422, "VALUE_INVALID"),
        Arguments.of("{\"mocks\":{\"failure\":{\"code\":\"NO_SUCH\"}}}", 422, "VALUE_INVALID"),
        Arguments.of(
            "{\"mocks\":{\"failure\":{\"code\":\"TIMEOUT\",\"message\":\""
                + "x".repeat(5_000)
                + "\"}}}",
            422,
            "VALUE_INVALID"),
        Arguments.of("[".repeat(5_000) + "]".repeat(5_000), 413, "TOO_LARGE"),
        Arguments.of("{\"input\":\"" + "x".repeat(3 << 20) + "\"}", 413, "TOO_LARGE"));
  }

  @ParameterizedTest(name = "{index}: {2}")
  @MethodSource("dryRuns")
  void aDryRunThatCannotBeMeantIsRefused(String body, int status, String code) {
    assertProblem(REST.post("/tasks/" + task + "/dry-run", body), status, code);
    assertThat(REST.get("/executions?dryRun=true&task=" + task).json().get("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/yaml", "multipart/form-data; boundary=x"})
  void aDryRunIsJson(String type) {
    String route = "/tasks/" + task + "/dry-run";
    assertProblem(
        REST.call("POST", route, Map.of("Content-Type", type), "{}"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dry-run", "check"})
  void whatIsNoTaskIsNotFound(String verb) {
    for (String id : new String[] {"absent", "%2e%2e", "0198c5d0-7b1a-7c3d-8e4f-000000000001"}) {
      Answer answer = REST.post("/tasks/" + id + "/" + verb, "{}");
      assertThat(answer.status()).as(id + " " + answer.body()).isIn(400, 404);
    }
    assertProblem(REST.post("/tasks/" + task + "/check?version=0", "{}"), 400, "INVALID_PARAMETER");
    assertProblem(REST.post("/tasks/" + task + "/check?x=1", "{}"), 400, "INVALID_PARAMETER");
    assertProblem(REST.post("/tasks/check?version=1", "{}"), 400, "INVALID_PARAMETER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                         | /tests           | type",
        "[1]                                                        | /tests/0         | type",
        "[{'expect':{'output':1}}]                                  | /tests/0/name    | required",
        "[{'name':'','expect':{'output':1}}]                        | /tests/0/name    |"
            + " INVALID_NAME",
        "[{'name':'a\\u001bb','expect':{'output':1}}]               | /tests/0/name    |"
            + " INVALID_NAME",
        "[{'name':'a'}]                                             | /tests/0/expect  | required",
        "[{'name':'a','expect':{}}]                                 | /tests/0/expect  | required",
        "[{'name':'a','expect':{'output':1}},{'name':'a','expect':{'output':1}}] | /tests/1/name |"
            + " uniqueItems",
        "[{'name':'a','expect':{'status':'RUNNING'}}]               | /tests/0/expect/status |"
            + " enum",
        "[{'name':'a','expect':{'status':'FAILED','output':1}}]     | /tests/0/expect/output |"
            + " contradiction",
        "[{'name':'a','expect':{'failure':{'code':'CHECK_FAILED'}}}] | /tests/0/expect/failure/code"
            + " | enum",
        "[{'name':'a','expect':{'outputMatches':{'type':'no'}}}]    |"
            + " /tests/0/expect/outputMatches/type | INVALID_SCHEMA",
        "[{'name':'a','expect':{'outputMatches':{'$ref':'http://127.0.0.1/x'}}}] |"
            + " /tests/0/expect/outputMatches/$ref | INVALID_SCHEMA",
        "[{'name':'a','mocks':{'people':{}},'expect':{'output':1}}] | /tests/0/mocks/people |"
            + " UNKNOWN_FIELD",
        "[{'name':'a','mocks':{},'expect':{'output':1}}]            | /tests/0/mocks   | required",
        "[{'name':'a','files':{},'expect':{'output':1}}]            | /tests/0/files   |"
            + " UNKNOWN_FIELD"
      })
  void testsThatAreWrongAreRefusedAtTheirPlace(String tests, String pointer, String keyword) {
    ObjectNode definition = tested("function main() { return 1; }", tests.strip());

    for (String route : new String[] {"/tasks/check", "/tasks"}) {
      Answer answer = REST.post(route, definition.toString());
      assertThat(answer.status()).as(answer.body()).isEqualTo(422);
      assertThat(answer.json().get("errors").valueStream())
          .as(answer.body())
          .anySatisfy(error -> {
            assertThat(error.get("pointer").stringValue()).isEqualTo(pointer);
            assertThat(error.get("keyword").stringValue()).isEqualTo(keyword);
          });
    }
  }

  @Test
  void aThousandTestsAreTooMany() {
    ObjectNode definition = tested("function main() { return 1; }", "[]");
    ArrayNode tests = definition.putArray("tests");
    for (int i = 0; i < 1_000; i++) {
      tests.add(Tasks.json("{'name':'%d','expect':{'output':1}}".formatted(i)));
    }

    Answer answer = REST.post("/tasks/check", definition.toString());

    assertProblem(answer, 422, "DEFINITION_INVALID");
    assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/tests");
    assertThat(answer.json().get("errors")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: !!javax.script.ScriptEngineManager [x]\n",
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n",
        "name: a\nname: b\n",
        "---\nname: a\n---\nname: b\n",
        "name: [\n",
        "tests: [{name: a, expect: {output: .nan}}]\n"
      })
  void yamlThatIsMoreThanATreeIsRefused(String yaml) throws IOException {
    Answer answer = REST.call("POST", "/tasks/check", YAML, yaml);
    assertThat(answer.status()).as(answer.body()).isBetween(400, 422);

    Path file = Files.writeString(folder.resolve("bad.yaml"), yaml);
    Result result = installation.command("check", file.toString());
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.out() + result.err()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void noOutputMakesTheAnswerLong() {
    JsonNode report =
        REST.post(
                "/tasks/check",
                tested(
                        "function main() { return {a: 'x'.repeat(300000), b: Array(20000).fill(7)};"
                            + " }",
                        "[{'name':'a','expect':{'output':{'a':'y','b':[]}}},"
                            + "{'name':'b','expect':{'output':null}},"
                            + "{'name':'c','expect':{'outputMatches':"
                            + "{'allOf':[{'required':['p']},{'required':['q']},{'required':['r']}]}}}]")
                    .toString())
            .json();

    assertThat(report.get("failed").intValue()).as(report.toString()).isEqualTo(3);
    assertThat(report.toString()).hasSizeLessThan(100_000);
    assertThat(report.at("/tests/0/differences")).hasSizeLessThanOrEqualTo(50);
    assertThat(report.at("/tests/1/differences/0/actual").stringValue()).contains("characters)");
  }

  @Test
  void aPatternThatBacktracksForOthersIsOverAtOnce() {
    String tests =
        "[{'name':'a','expect':{'outputMatches':{'type':'string','pattern':'^(a+)+$'}}}]";
    long begin = System.nanoTime();

    JsonNode report =
        REST.post(
                "/tasks/check",
                tested("function main() { return 'a'.repeat(50000) + 'b'; }", tests).toString())
            .json();

    assertThat(report.at("/tests/0/differences/0/pointer").stringValue()).isEqualTo("/output");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void hostileNamesAndValuesStayTextInTheXml() throws Exception {
    String name = "]]> <a href=\"x\">&amp; \u202e\ud83d\ude00 <![CDATA[";
    ObjectNode definition =
        tested(
            "function main() { console.log('\\u001b[31m]]>'); return '\\u0007</failure>'; }", "[]");
    ObjectNode test = definition.putArray("tests").addObject().put("name", name);
    test.putObject("expect").put("output", "</testcase>");
    Path file = Files.writeString(folder.resolve("hostile.json"), definition.toString());
    Path junit = folder.resolve("junit.xml");

    Result result = installation.command("check", file.toString(), "--junit", junit.toString());

    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(result.out()).doesNotContain("\u001b[31m").doesNotContain("\u202e");
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile())
            .getElementsByTagName("testcase");
    assertThat(cases.getLength()).isOne();
    assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo(name);
    assertThat(cases.item(0).getTextContent()).contains("</testcase>", "</failure>");
  }

  @Test
  void noTimeIsNoTimeAndTheAnswerSaysSo() {
    Answer answer =
        REST.post(
            "/tasks/check",
            Map.of("Prefer", "wait=0"),
            tested("function main() { return 1; }", "[{'name':'a','expect':{'output':1}}]")
                .toString());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("failed").intValue()).isOne();
    assertThat(answer.json().at("/tests/0/status").isNull()).isTrue();
  }
}
