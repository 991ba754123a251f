package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A secret goes to the code that its definition names it for, and nowhere else. */
class SecretsIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Installation SERVICE = Installation.fresh();

  /** Has what Base64, URLs and JSON write in other ways. */
  private static final String CANARY = "c4nary \"/+ä%-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    SERVICE.up();
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Answer put(String name, String value) {
    return put(SERVICE.rest(), name, value);
  }

  private static Answer put(Rest rest, String name, String value) {
    return rest.call(
        "PUT",
        "/secrets/" + name,
        Map.of("Content-Type", "application/json"),
        JSON.createObjectNode().put("value", value).toString());
  }

  private static ObjectNode task(String runtime, String source, String secrets) {
    ObjectNode definition =
        Tasks.of(runtime, source, "{'retryPolicy':{'maxRetries':1,'retryInterval':'PT0.1S'}}");
    definition
        .withObject("/automated")
        .set("secrets", Tasks.json("{'s':" + secrets + "}").get("s"));
    return definition;
  }

  private static JsonNode run(String runtime, String source, String secrets) {
    Rest rest = SERVICE.rest();
    return rest.run(Tasks.define(rest, task(runtime, source, secrets)), "{}");
  }

  private static String logs(JsonNode execution) {
    return SERVICE
        .rest()
        .get("/logs?limit=200&execution=" + execution.get("id").stringValue())
        .body();
  }

  @Test
  void codeGetsTheValuesUnderTheNamesThatItsDefinitionGives() {
    put("GIVEN", "value one");
    JsonNode execution =
        run(
            "python",
            """
            import json, os
            def main(input):
                secrets = json.load(open(os.environ["TASK_SECRETS"]))
                return [sorted(secrets), len(secrets["MINE"]), secrets["MINE"][::-1]]
            """,
            "{'MINE':'GIVEN'}");
    assertThat(execution.get("output").toString()).isEqualTo("[[\"MINE\"],9,\"eno eulav\"]");
    assertThat(execution.at("/route/method").stringValue()).isEqualTo("CONTAINER");
    assertThat(SERVICE.rest().get("/secrets/GIVEN").json().get("lastUsedAt").isNull()).isFalse();
  }

  /** Done when: a canary that is echoed in every way is found nowhere. */
  @Test
  void aCanaryThatIsEchoedInEveryWayIsFoundNowhere() throws Exception {
    put("CANARY", CANARY);
    String source =
        Files.readString(
            Path.of(SecretsIT.class.getResource("/secrets/echo.py").toURI()),
            StandardCharsets.UTF_8);
    Rest rest = SERVICE.rest();
    String task = Tasks.define(rest, task("python", source, "['CANARY']"));
    String decoy = "decoy " + UUID.randomUUID();
    String good = rest.start(task, "{\"way\":\"return\",\"pause\":4,\"decoy\":\"" + decoy + "\"}");
    CanarySearch search = new CanarySearch(SERVICE, CANARY);
    search.whileItRuns(rest, good);
    JsonNode returned = rest.await(good, Duration.ofSeconds(90));
    assertThat(returned.get("status").stringValue()).as(returned.toString()).isEqualTo("COMPLETED");
    JsonNode thrown = rest.run(task, "{\"way\":\"raise\"}");
    JsonNode exited = rest.run(task, "{\"way\":\"exit\"}");
    assertThat(thrown.at("/failure/code").stringValue()).isEqualTo("CODE_ERROR");
    assertThat(exited.at("/failure/details/exitCode").intValue()).isEqualTo(7);
    assertThat(returned.get("output").toString()).contains("***", "kept");
    assertThat(thrown.at("/failure/message").stringValue()).contains("***");
    assertThat(logs(returned)).contains("***", "plain:", "split:");

    for (JsonNode execution : List.of(returned, thrown, exited)) {
      String id = execution.get("id").stringValue();
      search.in("the execution", execution.toString());
      search.in("the logs", logs(execution));
      search.in("the events", rest.get("/executions/" + id + "/events").body());
      search.history(id);
    }
    search.in("the list", rest.get("/secrets").body());
    search.in("the metrics", rest.get("/metrics").body());
    search.databases();
    search.files();
    assertThat(search.found()).isEmpty();
    assertThat(search.looked())
        .as("what was searched")
        .contains("temporal", "history, decoded", "process environ", "file logs/");
    CanarySearch control = new CanarySearch(SERVICE, decoy); // what is no secret is found
    control.in("the logs", logs(returned));
    control.databases();
    control.files();
    assertThat(String.join("\n", control.found()))
        .contains("the logs", "taskwright public.event", "taskwright public.execution", "file ");
  }

  @Test
  void aDeletedSecretFailsTheAttemptsThatNeedIt() {
    put("GONE", "value two");
    Rest rest = SERVICE.rest();
    String name = Tasks.define(rest, task("bash", "echo started", "['GONE']"));
    assertThat(rest.call("DELETE", "/secrets/GONE", Map.of(), null).status()).isEqualTo(204);
    JsonNode execution = rest.run(name, "{}");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("ENVIRONMENT");
    assertThat(execution.at("/failure/message").stringValue())
        .contains("no secret GONE", "PUT /secrets/GONE");
    assertThat(execution.get("attempts")).hasSize(2);
    assertThat(logs(execution)).doesNotContain("started");
    put("GONE", "value three");
    assertThat(rest.run(name, "{}").get("status").stringValue()).isEqualTo("COMPLETED");
  }

  @Test
  void aDefinitionMustNameSecretsThatTheProjectHas() {
    Rest rest = SERVICE.rest();
    Answer unknown = rest.post("/tasks", task("bash", "true", "['NOT_THERE']").toString());
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.code()).isEqualTo("UNKNOWN_SECRET");
    assertThat(unknown.json().at("/errors/0/pointer").stringValue())
        .isEqualTo("/automated/secrets");
    Answer odd = rest.post("/tasks", task("bash", "true", "['../KEY']").toString());
    assertThat(odd.code()).isEqualTo("UNKNOWN_SECRET");
    put("MINE_ONLY", "value four");
    Rest other =
        rest.as(
            rest.post("/projects", "{\"name\":\"" + Tasks.name("p") + "\"}")
                .json()
                .at("/key/secret")
                .stringValue());
    assertThat(other.get("/secrets").json().get("items")).isEmpty();
    assertThat(other.get("/secrets/MINE_ONLY").status()).isEqualTo(404);
    assertThat(other.post("/tasks", task("bash", "true", "['MINE_ONLY']").toString()).code())
        .isEqualTo("UNKNOWN_SECRET");
  }

  @Test
  void noRouteGivesAValue() {
    Rest rest = SERVICE.rest();
    Answer kept = put("HIDDEN", "value five");
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.header("location")).contains("/secrets/HIDDEN");
    assertThat(kept.header("etag")).contains("\"1\"");
    for (String path : List.of("/secrets", "/secrets/HIDDEN")) {
      assertThat(rest.get(path).status()).isEqualTo(200);
      assertThat(rest.get(path).body()).contains("HIDDEN").doesNotContain("value five");
    }
    assertThat(kept.body()).doesNotContain("value five");
    assertThat(rest.get("/secrets/HIDDEN/value").status()).isEqualTo(404);
    assertThat(rest.post("/secrets/HIDDEN", "{}").status()).isEqualTo(405);
    assertThat(rest.get("/secrets/NOT_THERE").code()).isEqualTo("UNKNOWN_SECRET");
    assertThat(rest.get("/secrets/..%2FX").status()).isBetween(400, 404);
  }

  @Test
  void aVersionIsReplacedByWhomKnowsIt() {
    assertThat(put("VERSIONED", "value six").status()).isEqualTo(201);
    assertThat(put("VERSIONED", "value seven").json().get("version").intValue()).isEqualTo(2);
    Map<String, String> stale = Map.of("Content-Type", "application/json", "If-Match", "\"1\"");
    Map<String, String> newest = Map.of("Content-Type", "application/json", "If-Match", "\"2\"");
    String body = "{\"value\":\"value eight\",\"description\":\"for tests\"}";
    Rest rest = SERVICE.rest();
    assertThat(rest.call("PUT", "/secrets/VERSIONED", stale, body).status()).isEqualTo(412);
    Answer replaced = rest.call("PUT", "/secrets/VERSIONED", newest, body);
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().get("description").stringValue()).isEqualTo("for tests");
    assertThat(rest.call("PUT", "/secrets/NEVER_THERE", newest, body).status()).isEqualTo(412);
  }

  @Test
  void whatIsWrongWithAValueIsSaidWithoutIt() {
    Rest rest = SERVICE.rest();
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    for (String body :
        List.of(
            "{\"value\": h4rmless-value}",
            "{\"value\":\"h4rmless-value\",\"value\":\"h4rmless-value\"}",
            "{\"h4rmless-value\":1,\"value\":\"valid value\"}",
            "{\"value\":\"h4rmless-value\\u0000\"}",
            "{\"value\":\"h4r\"}",
            "{\"value\":[\"h4rmless-value\"]}",
            "\"h4rmless-value\"",
            "h4rmless-value")) {
      Answer answer = rest.call("PUT", "/secrets/WRONG", headers, body);
      assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
      assertThat(answer.body()).doesNotContain("h4r");
    }
    assertThat(put("lower", "a value").status()).isEqualTo(422);
    assertThat(put("LONG", "x".repeat(65_537)).status()).isEqualTo(422);
    assertThat(put("LONG", "\n".repeat(65_530) + "öö1").status()).isEqualTo(201);
    assertThat(rest.get("/secrets/WRONG").status()).isEqualTo(404);
  }

  @Test
  void onlyAdministratorsPutSecretsAndAuthorsSeeTheirNames() {
    Rest admin = SERVICE.rest();
    put("SEEN", "value nine");
    for (String role : List.of("viewer", "operator", "author")) {
      String body = "{\"name\":\"" + Tasks.name(role) + "\",\"role\":\"" + role + "\"}";
      Rest rest = admin.as(admin.post("/keys", body).json().get("secret").stringValue());
      assertThat(put(rest, "SEEN", "another value").status()).as(role).isEqualTo(403);
      assertThat(rest.call("DELETE", "/secrets/SEEN", Map.of(), null).status()).isEqualTo(403);
      assertThat(rest.get("/secrets").status()).isEqualTo(role.equals("author") ? 200 : 403);
    }
  }

  @Test
  void theCommandLineTakesAValueFromAFileOrStdin() throws Exception {
    Path file = Files.createTempFile("secret", null);
    Files.writeString(file, "from a file");
    Checkout.Result set =
        SERVICE.command("secrets", "set", "CLI_TOKEN", "--from-file", file.toString());
    Files.delete(file);
    assertThat(set.code()).as(set.err()).isZero();
    assertThat(set.err()).contains("CLI_TOKEN is kept, version 1");
    List<String> words =
        List.of("secrets", "set", "CLI_TOKEN", "--data", SERVICE.data().toString());
    Process process = Checkout.start(words, Map.of());
    process.getOutputStream().write("from stdin\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("version 2");
    JsonNode length =
        run("bash", "main() { tr -d '\\n' < $TASK_SECRETS | wc -c; }", "['CLI_TOKEN']");
    assertThat(length.get("output").intValue())
        .isEqualTo("{\"CLI_TOKEN\":\"from stdin\"}".length());
    assertThat(SERVICE.command("secrets", "list", "-o", "json").out())
        .contains("CLI_TOKEN")
        .doesNotContain("from stdin");
    assertThat(SERVICE.command("secrets", "delete", "CLI_TOKEN").code()).isZero();
    assertThat(SERVICE.command("secrets", "delete", "CLI_TOKEN").code()).isEqualTo(2);
  }

  @Test
  void theMasterKeyIsInAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = SERVICE.data().resolve("keys/secrets.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static String secondServer(Path keyFile) {
    Checkout.Result result =
        Checkout.run(
            List.of("server", "--data", SERVICE.data().toString()),
            Map.of("TASKWRIGHT_SECRETS_KEYFILE", keyFile.toString(), "SERVER_PORT", "0"),
            Duration.ofMinutes(5));
    assertThat(result.code()).as(result.out() + result.err()).isNotZero();
    return result.out() + result.err();
  }

  @Test
  void aServerWithAnotherMasterKeyDoesNotStart() throws IOException {
    Path folder = Files.createTempDirectory("another-key");
    Path file = folder.resolve("secrets.key");
    assertThat(secondServer(file)).contains("the master key of the secrets is not in " + file);
    assertThat(file).doesNotExist();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]));
    assertThat(secondServer(file)).contains(file + " holds another master key than the one");
    Files.delete(file);
    Files.delete(folder);
  }
}
