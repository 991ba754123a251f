package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Archives;
import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.PackageServer;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Code that uses packages, on an installation whose operator named an index of his own. */
class DependenciesIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final PackageServer INDEX = PackageServer.start();
  private static final String PYTHON = "import greet\ndef main():\n    return greet.TEXT";

  @BeforeAll
  static void start() {
    INDEX
        .wheel(
            "greet", "1.0", "import punctuation\nTEXT = 'hello' + punctuation.MARK", "punctuation")
        .wheel("punctuation", "3.1", "MARK = '!'")
        .npm("greet", "1.0.0", "", Map.of("index.js", "module.exports = 'hello';"))
        .jar(
            "org.some:greet:1.0",
            Archives.zip(Map.of("greet.txt", "hello".getBytes(StandardCharsets.UTF_8))));
    SERVICE.up(
        Map.of(
            "TASKWRIGHT_EXECUTOR_EGRESS_OPENRANGES", "127.0.0.1/32",
            "TASKWRIGHT_EXECUTOR_DEPENDENCIES_PIP_INDEX", INDEX.url() + "/simple",
            "TASKWRIGHT_EXECUTOR_DEPENDENCIES_NPM_INDEX", INDEX.url() + "/npm",
            "TASKWRIGHT_EXECUTOR_DEPENDENCIES_MAVEN_INDEX", INDEX.url() + "/maven2"),
        "--split");
  }

  @AfterAll
  static void stop() {
    INDEX.close();
    SERVICE.close();
  }

  private static String define(
      String runtime, String source, String level, String... dependencies) {
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of(runtime, source),
            "{'securityContext':{'securityLevel':'%s'}}".formatted(level));
    ObjectNode automated = (ObjectNode) definition.get("automated");
    List.of(dependencies).forEach(automated.putArray("dependencies")::add);
    definition.putObject("retryPolicy").put("retryInterval", "PT0.1S").put("maxRetries", 1);
    return Tasks.define(SERVICE.rest(), definition);
  }

  private static JsonNode completed(String task, String output) {
    JsonNode execution = SERVICE.rest().run(task, "{}");
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.get("output").stringValue()).isEqualTo(output);
    return execution;
  }

  private static List<String> systemLines(JsonNode execution) {
    return SERVICE
        .rest()
        .get("/logs?limit=200&execution=" + execution.get("id").stringValue())
        .json()
        .get("items")
        .valueStream()
        .filter(line -> line.get("source").stringValue().equals("system"))
        .map(line -> line.get("message").stringValue())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "MEDIUM", "HIGH"})
  void pythonUsesWhatItAsksForAndSaysHowItGotIt(String level) {
    String task = define("python", PYTHON, level, "greet==1.0");
    JsonNode first = completed(task, "hello!");
    assertThat(systemLines(first))
        .anyMatch(line -> line.matches("packages: (resolving|getting) 1 package"))
        .anyMatch(line -> line.startsWith("packages: Collecting greet==1.0"))
        .anyMatch(line -> line.startsWith("packages: got 2, "))
        .anyMatch(line -> line.matches("packages: layer [0-9a-f]{12} is here, .*"));
    assertThat(systemLines(completed(task, "hello!")))
        .singleElement()
        .asString()
        .startsWith("packages: layer ");
  }

  @Test
  void nodeUsesWhatItAsksFor() {
    completed(
        define("node", "function main() { return require('greet'); }", "LOW", "greet@1.0.0"),
        "hello");
  }

  @Test
  void javaUsesWhatItAsksFor() {
    String source =
        """
        public class Main {
          public static Object main(Object input) throws Exception {
            return new String(Main.class.getResourceAsStream("/greet.txt").readAllBytes());
          }
        }
        """;
    completed(define("java", source, "LOW", "org.some:greet:1.0"), "hello");
  }

  @Test
  void whatIsOnTheHostNeedsNoIndex() {
    INDEX.wheel("lasting", "1.0", "TEXT = 'still here'");
    String source = "import lasting\ndef main():\n    return lasting.TEXT";
    String task = define("python", source, "LOW", "lasting==1.0");
    completed(task, "still here");
    INDEX.remove("lasting");
    completed(task, "still here");
    ObjectNode revised = Tasks.of("python", source + "  # better");
    revised.put("name", task);
    ((ObjectNode) revised.get("automated")).putArray("dependencies").add("lasting==1.0");
    Rest rest = SERVICE.rest();
    String tag = rest.get("/tasks/" + task).header("etag").orElseThrow();
    Map<String, String> headers = Map.of("If-Match", tag, "Content-Type", "application/json");
    Rest.Answer answer = rest.call("PUT", "/tasks/" + task, headers, revised.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    completed(task, "still here");
  }

  @Test
  void aVersionKeepsItsFilesWhateverTheIndexSaysLater() {
    INDEX.wheel("moving", "1.0", "TEXT = 'first'");
    String task =
        define(
            "python", "import moving\ndef main():\n    return moving.TEXT", "LOW", "moving==1.0");
    completed(task, "first");
    INDEX.wheel("moving", "1.0", "TEXT = 'second'");
    completed(task, "first");
  }

  @Test
  void attemptsAtTheSameTimeGetThemOnce() {
    INDEX.wheel("shared", "1.0", "TEXT = 'once'");
    String task =
        define(
            "python", "import shared\ndef main():\n    return shared.TEXT", "LOW", "shared==1.0");
    Rest rest = SERVICE.rest();
    List<JsonNode> all =
        IntStream.range(0, 4).parallel().mapToObj(i -> rest.run(task, "{}")).toList();
    assertThat(all)
        .allMatch(execution -> execution.get("status").stringValue().equals("COMPLETED"));
    assertThat(
            INDEX.requests().stream().filter(path -> path.endsWith("shared-1.0-py3-none-any.whl")))
        .hasSize(1);
  }

  @Test
  void aPackageThatIsNotThereFailsOnce() {
    JsonNode execution = SERVICE.rest().run(define("python", PYTHON, "LOW", "nowhere==1.0"), "{}");
    assertThat(execution.at("/failure/code").stringValue())
        .as(execution.toString())
        .isEqualTo("CODE_ERROR");
    assertThat(execution.at("/failure/message").stringValue())
        .contains("the index has no package nowhere");
    assertThat(execution.at("/failure/details/dependencies/0").stringValue())
        .isEqualTo("nowhere==1.0");
    assertThat(execution.get("attempts")).hasSize(1);
  }

  @Test
  void theExampleGetsItsPackage() throws IOException {
    INDEX.wheel(
        "tabulate",
        "0.9.0",
        "def tabulate(rows, headers, tablefmt):\n    return tablefmt + str(len(rows))");
    Rest rest = SERVICE.rest();
    byte[] example = Files.readAllBytes(Checkout.root().resolve("examples/table/task.yaml"));
    Rest.Answer defined =
        rest.send("POST", "/tasks", Map.of("Content-Type", "application/yaml"), example);
    assertThat(defined.status()).as(defined.body()).isEqualTo(201);
    JsonNode execution = rest.run("table", "{\"rows\":[{\"name\":\"Ada\"}]}");
    assertThat(execution.at("/output/table").stringValue(""))
        .as(execution.toString())
        .isEqualTo("github1");
  }
}
