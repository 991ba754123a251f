package io.taskwright.acceptance;

import static io.taskwright.acceptance.BadInputIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Definitions, code and bundles that no honest client sends: refused, and nothing is kept. */
class BadDefinitionIT {
  private static final Rest REST = Shared.rest();
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  static Stream<Arguments> definitions() {
    String good = "{\"name\":\"%s\",\"automated\":{\"runtime\":\"python\",\"source\":\"x\"%s}%s}";
    return Stream.of(
        Arguments.of("", 400, "BODY_REQUIRED"),
        Arguments.of("{\"name\":", 400, "MALFORMED_JSON"),
        Arguments.of("[]", 422, "DEFINITION_INVALID"),
        Arguments.of(good.formatted("a b", "", ""), 422, "INVALID_NAME"),
        Arguments.of(good.formatted("all", "", ""), 422, "INVALID_NAME"),
        Arguments.of(good.formatted("\u202e", "", ""), 422, "INVALID_NAME"),
        Arguments.of(good.formatted("x", "", ",\"more\":1"), 422, "UNKNOWN_FIELD"),
        Arguments.of(
            good.formatted("x", ",\"executionConfig\":{\"files\":[]}", ""), 422, "UNKNOWN_FIELD"),
        Arguments.of(
            good.formatted("x", "", ",\"inputSchema\":{\"$ref\":\"http://127.0.0.1:1/\"}"),
            422,
            "INVALID_SCHEMA"),
        Arguments.of(
            good.formatted("x", "", ",\"inputSchema\":{\"$ref\":\"file:///etc/passwd\"}"),
            422,
            "INVALID_SCHEMA"),
        Arguments.of(
            good.formatted("x", "", ",\"outputSchema\":{\"pattern\":\"(?<=a)b\"}"),
            422,
            "INVALID_SCHEMA"),
        Arguments.of(
            good.formatted(
                "x", ",\"executionConfig\":{\"environmentVariables\":{\"LD_PRELOAD\":\"x\"}}", ""),
            422,
            "RESERVED_ENV"),
        Arguments.of(
            good.formatted(
                "x", ",\"executionConfig\":{\"resourceRequirements\":{\"cpu\":\"1000000\"}}", ""),
            422,
            "DEFINITION_INVALID"),
        Arguments.of(
            good.formatted(
                "x", ",\"executionConfig\":{\"resourceRequirements\":{\"timeoutSeconds\":0}}", ""),
            422,
            "LIMIT_OUT_OF_RANGE"),
        Arguments.of(
            "{\"name\":\"x\",\"automated\":{\"runtime\":\"python:latest\",\"source\":\"x\"}}",
            422,
            "UNKNOWN_RUNTIME"),
        Arguments.of(
            "{\"name\":\"x\",\"automated\":{\"runtime\":\"python\",\"source\":\"a\\u0000\"}}",
            400,
            "INVALID_CHARACTER"),
        Arguments.of(
            "{\"name\":\"x\",\"automated\":{\"runtime\":\"python\",\"bundle\":{\"entry\":\"m.py\","
                + "\"digest\":\"sha256:"
                + "0".repeat(64)
                + "\"}}}",
            422,
            "UNKNOWN_BUNDLE"),
        Arguments.of("{\"name\":\"x\",\"manual\":{}}", 422, "UNSUPPORTED"),
        Arguments.of(
            "{\"name\":\"x\",\"automated\":{\"runtime\":\"python\",\"source\":\""
                + "x".repeat(5 << 20)
                + "\"}}",
            413,
            "TOO_LARGE"));
  }

  @ParameterizedTest(name = "{index}: {2}")
  @MethodSource("definitions")
  void aWrongDefinitionIsRefused(String body, int status, String code) {
    assertProblem(REST.post("/tasks", body), status, code);
    assertThat(REST.get("/tasks/x").status()).isEqualTo(404);
  }

  @Test
  void yamlThatIsATrapIsRefused() {
    Map<String, String> yaml = Map.of("Content-Type", "application/yaml");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    for (String text :
        List.of(
            bomb.toString(),
            "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]",
            "name: x\nname: y\n",
            "a: b: c",
            "--- {}\n--- {}\n",
            "x: " + "[".repeat(200) + "]".repeat(200))) {
      Answer answer = REST.post("/tasks", yaml, text);
      assertThat(answer.status())
          .as(text.substring(0, Math.min(50, text.length())))
          .isIn(400, 413, 422);
      assertThat(answer.code()).isNotEmpty();
    }
    assertProblem(REST.post("/tasks", yaml, "# nothing"), 400, "BODY_REQUIRED");
  }

  @Test
  void namesThatAreNoneAreRefused() {
    for (String name :
        List.of(
            "",
            "x".repeat(10_240),
            " ",
            "a b",
            "\ud83d\ude00",
            "\u202eyar",
            "p\u0430y",
            "all",
            "new",
            "import",
            "export",
            "DAGs")) {
      assertProblem(
          REST.post("/tasks", Tasks.of("python", "x").put("name", name).toString()),
          422,
          "INVALID_NAME");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'cpu':'0'}",
        "{'cpu':'-1'}",
        "{'cpu':'1000000000'}",
        "{'memory':'64m '}",
        "{'memory':'0'}",
        "{'memory':'1000Gi'}",
        "{'disk':'-5Mi'}",
        "{'timeoutSeconds':0}",
        "{'timeoutSeconds':-1}",
        "{'timeoutSeconds':315360000}",
        "{'timeoutSeconds':'5'}"
      })
  void limitsThatAreNoneAreRefused(String limits) {
    Answer answer =
        REST.post(
            "/tasks",
            Tasks.withConfig(Tasks.of("python", "x"), "{'resourceRequirements':" + limits + "}")
                .toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").stringValue())
        .startsWith("/automated/executionConfig/resourceRequirements/");
  }

  @Test
  void codeIsKeptAsItIs() {
    String code = "# \u00e9 \ud83d\ude00\r\n\tx = 1\r\n\u2028 \ufeff\n\n";
    String name = Tasks.define(REST, Tasks.of("python", code));
    assertThat(REST.get("/tasks/" + name).json().at("/automated/source").stringValue())
        .isEqualTo(code);
    for (String empty : List.of("", " \r\n")) {
      Answer answer = REST.post("/tasks", Tasks.of("python", empty).toString());
      assertProblem(answer, 422, "DEFINITION_INVALID");
    }
    byte[] text = Tasks.of("python", "\u00e9").toString().getBytes(StandardCharsets.ISO_8859_1);
    assertProblem(REST.send("POST", "/tasks", JSON, text), 400, "MALFORMED_JSON");
    Answer yaml = REST.send("POST", "/tasks", Map.of("Content-Type", "application/yaml"), text);
    assertProblem(yaml, 400, "MALFORMED_YAML");
    Answer large = REST.post("/tasks", Tasks.of("python", "x".repeat(10 << 20)).toString());
    assertProblem(large, 413, "TOO_LARGE");
  }

  @Test
  void aNameIsTakenOnceWhateverItsCase() {
    ObjectNode definition = Tasks.of("python", "x");
    Tasks.define(REST, definition);
    assertProblem(REST.post("/tasks", definition.toString()), 409, "NAME_TAKEN");
  }

  @Test
  void aChangeNeedsTheNewestVersion() {
    ObjectNode definition = Tasks.of("python", "x");
    String name = Tasks.define(REST, definition);
    String path = "/tasks/" + name;
    assertProblem(
        REST.call("PUT", path, JSON, definition.toString()), 428, "PRECONDITION_REQUIRED");
    for (String stale : List.of("\"7\"", "W/\"1\"", "1", "\"\"")) {
      Answer answer =
          REST.call(
              "PUT",
              path,
              Map.of("Content-Type", "application/json", "If-Match", stale),
              definition.toString());
      assertProblem(answer, 412, "PRECONDITION_FAILED");
    }
    ObjectNode renamed = definition.deepCopy().put("name", "another");
    Answer answer =
        REST.call(
            "PUT",
            path,
            Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
            renamed.toString());
    assertProblem(answer, 422, "INVALID_NAME");
    assertThat(REST.get(path + "/versions").json().get("items")).hasSize(1);
  }

  @Test
  void bundlesThatAreNoneAreRefused() {
    Map<String, String> zip = Map.of("Content-Type", "application/zip");
    assertProblem(REST.post("/bundles", zip, "no zip"), 422, "BUNDLE_INVALID");
    assertProblem(REST.post("/bundles", zip, ""), 422, "BUNDLE_INVALID");
    assertProblem(REST.post("/bundles", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void codeIsNotRunWhenItIsDefined() {
    String name = Tasks.define(REST, Tasks.of("python", "this is ( no python"));
    var execution = REST.run(name, "{}");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("CODE_ERROR");
    assertThat(execution.at("/failure/details/stackTrace").stringValue()).contains("SyntaxError");
  }
}
