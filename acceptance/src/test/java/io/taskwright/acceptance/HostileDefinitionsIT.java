package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Definitions that want what they may not have: refused with the place, and nothing is stored. */
class HostileDefinitionsIT {
  private static final Rest REST = Shared.rest();
  private static final JsonMapper JSON = JsonMapper.shared();

  private static void assertRefused(ObjectNode definition, String code, String pointer) {
    Answer answer = REST.post("/tasks", definition.toString());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    assertThat(
            answer
                .json()
                .get("errors")
                .valueStream()
                .map(error -> error.get("pointer").stringValue()))
        .as(answer.body())
        .anyMatch(each -> each.startsWith(pointer));
    assertThat(REST.get("/tasks/" + definition.get("name").stringValue()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "plan,UNSUPPORTED",
    "manual,UNSUPPORTED",
    "integration,UNSUPPORTED",
    "schedule,UNKNOWN_FIELD",
    "schedules,UNKNOWN_FIELD",
    "steps,UNKNOWN_FIELD",
    "script,UNKNOWN_FIELD",
    "inline,UNKNOWN_FIELD",
    "type,UNKNOWN_FIELD",
    "project,UNKNOWN_FIELD"
  })
  void kindsOfWorkThatAreNotThereAreRefused(String field, String code) {
    JsonNode graph =
        Tasks.json(
            "{'steps':[{'id':'a','needs':['b']},{'id':'b','needs':['a']}],'cron':'@reboot'}");
    ObjectNode definition = Tasks.of("python", "x");
    definition.set(field, graph);
    assertRefused(definition, code, "/" + field);
    assertThat(
            REST.post("/tasks/validate", definition.toString()).json().get("valid").booleanValue())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "BASH_ENV",
        "ENV",
        "IFS",
        "NODE_OPTIONS",
        "PYTHONSTARTUP",
        "PYTHONPATH",
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "_JAVA_OPTIONS",
        "TASK_INPUT",
        "TASK_SECRETS"
      })
  void variablesThatSteerTheRuntimeAreReserved(String name) {
    ObjectNode definition =
        Tasks.withConfig(Tasks.of("python", "x"), "{'environmentVariables':{'" + name + "':'x'}}");
    assertRefused(
        definition, "RESERVED_ENV", "/automated/executionConfig/environmentVariables/" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A=B", "", "9X", "A B", "A\\nB", "A-B", "\u00e4"})
  void namesThatAreNoVariablesAreRefused(String name) {
    ObjectNode definition =
        Tasks.withConfig(Tasks.of("python", "x"), "{'environmentVariables':{'" + name + "':'x'}}");
    assertRefused(
        definition, "DEFINITION_INVALID", "/automated/executionConfig/environmentVariables/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/x",
        "a/../../b",
        "..",
        ".",
        "",
        "a//b",
        "a/",
        "a\\b",
        "CON",
        "con.txt",
        "C:x",
        "a\nb",
        "-rf",
        "\u202eabc"
      })
  void pathsOfFilesStayInTheirFolder(String path) {
    ObjectNode definition = Tasks.of("python", "x");
    definition.withObject("/automated").putArray("outputFiles").add(path);
    assertRefused(definition, "INVALID_PATH", "/automated/outputFiles/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref':'http://127.0.0.1:1/x'}",
        "{'$ref':'file:///etc/passwd'}",
        "{'properties':{'a':{'$ref':'jar:file:/x!/y'}}}",
        "{'$id':'http://127.0.0.1/x','$ref':'y'}",
        "{'$schema':'http://127.0.0.1/own'}",
        "{'$ref':'#'}",
        "{'$ref':'#/$defs/none'}",
        "{'$dynamicRef':'#none'}",
        "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}}}",
        "{'allOf':[{'$ref':'#'},{'$ref':'#'}]}",
        "{'pattern':'(?=a)'}",
        "{'pattern':'('}",
        "{'patternProperties':{'(a{1000}){1000}':{}}}",
        "{'type':'nonsense'}",
        "{'minLength':-1}"
      })
  void schemasThatFetchLoopOrAreNoneAreRefused(String schema) {
    for (String side : List.of("inputSchema", "outputSchema")) {
      ObjectNode definition = Tasks.of("python", "x");
      definition.set(side, Tasks.json(schema));
      assertRefused(definition, "INVALID_SCHEMA", "/" + side);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/automated|{'filepath':'/etc/passwd'}|/automated/filepath",
        "/automated|{'image':'x'}|/automated/image",
        "/automated/executionConfig|{'privileged':true}|/automated/executionConfig/privileged",
        "/automated/executionConfig/securityContext|{'privileged':true}"
            + "|/automated/executionConfig/securityContext/privileged",
        "/automated/executionConfig/securityContext|{'capabilities':['SYS_ADMIN']}"
            + "|/automated/executionConfig/securityContext/capabilities",
        "/automated/executionConfig/resourceRequirements|{'gpu':1}"
            + "|/automated/executionConfig/resourceRequirements/gpu",
        "/retryPolicy|{'forever':true}|/retryPolicy/forever",
        "/timeouts|{'never':true}|/timeouts/never"
      })
  void whatIsForbiddenAboveIsForbiddenBelow(String at, String more, String pointer) {
    ObjectNode definition = Tasks.of("python", "x");
    definition.withObject(at).setAll(Tasks.json(more));
    assertRefused(definition, "UNKNOWN_FIELD", pointer);
  }

  @Test
  void textsThatLookLikeExpressionsStayTexts() {
    List<String> texts =
        List.of(
            "${7*7}",
            "#{7*7}",
            "{{7*7}}",
            "%{7*7}",
            "<%= 7*7 %>",
            "T(java.lang.Runtime).getRuntime()",
            "${jndi:ldap://127.0.0.1/x}",
            "__class__",
            "constructor",
            "__proto__");
    ObjectNode definition =
        Tasks.of(
            "javascript",
            "function main(i) { return i; }",
            "{'description':'${7*7} #{7*7} {{7*7}}'}");
    String task = Tasks.define(REST, definition);
    ObjectNode input = JSON.createObjectNode();
    texts.forEach(text -> input.put(text, text));
    JsonNode execution = REST.run(task, input.toString());
    assertThat(execution.get("output")).isEqualTo(input);
    assertThat(REST.get("/tasks/" + task).json().get("description").stringValue())
        .isEqualTo("${7*7} #{7*7} {{7*7}}");
  }
}
