package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what, by key, role and project. */
class AccessIT {
  private static final Rest ADMIN = Shared.rest();
  private static final Map<String, Rest> ROLES = new LinkedHashMap<>();
  private static Rest otherProject = ADMIN;
  private static String task = "";
  private static String execution = "";

  /** A route with an honest request for it, and the least role that may call it. */
  record Route(String least, String method, String path, String body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  static void makeKeys() {
    for (String role : List.of("viewer", "operator", "author", "admin", "executor")) {
      JsonNode key =
          ADMIN
              .post("/keys", "{\"name\":\"" + Tasks.name(role) + "\",\"role\":\"" + role + "\"}")
              .json();
      ROLES.put(role, ADMIN.as(key.get("secret").stringValue()));
    }
    JsonNode project = ADMIN.post("/projects", "{\"name\":\"" + Tasks.name("other") + "\"}").json();
    otherProject = ADMIN.as(project.at("/key/secret").stringValue());
    task = Tasks.define(ADMIN, Tasks.of("javascript", "function main() { return 1; }"));
    execution = ADMIN.run(task, "{}").get("id").stringValue();
  }

  static List<Route> routes() {
    return List.of(
        new Route("viewer", "GET", "/tasks", ""),
        new Route("viewer", "GET", "/tasks/{task}", ""),
        new Route("viewer", "GET", "/tasks/{task}/versions", ""),
        new Route("viewer", "POST", "/tasks/validate", "{}"),
        new Route("author", "POST", "/tasks", "{}"),
        new Route("author", "PUT", "/tasks/{task}", "{}"),
        new Route("viewer", "GET", "/tasks/{task}/source", ""),
        new Route("viewer", "GET", "/tasks/{task}/diff", ""),
        new Route("viewer", "GET", "/tasks/{task}/draft", ""),
        new Route("author", "PUT", "/tasks/{task}/draft", "{}"),
        new Route("author", "DELETE", "/tasks/{task}/draft", ""),
        new Route("author", "POST", "/tasks/{task}/draft/publish", "{}"),
        new Route("author", "POST", "/tasks/{task}/publish-check", "{}"),
        new Route("author", "POST", "/tasks/{task}/rollback", "{}"),
        new Route("author", "POST", "/tasks/none/archive", "{}"),
        new Route("author", "POST", "/tasks/{task}/unarchive", "{}"),
        new Route("author", "POST", "/tasks/{task}/versions/1/archive", "{}"),
        new Route("author", "POST", "/tasks/{task}/versions/1/unarchive", "{}"),
        new Route("author", "POST", "/tasks/import", "{}"),
        new Route("viewer", "GET", "/tasks/export", ""),
        new Route("author", "POST", "/bundles", "{}"),
        new Route("viewer", "GET", "/bundles/sha256:0", ""),
        new Route("operator", "POST", "/tasks/{task}/executions", "{}"),
        new Route("operator", "POST", "/tasks/{task}/preview", "{}"),
        new Route("operator", "POST", "/tasks/{task}/dry-run", "{}"),
        new Route("operator", "POST", "/tasks/{task}/check", ""),
        new Route("author", "POST", "/tasks/check", "{}"),
        new Route("viewer", "GET", "/executions", ""),
        new Route("operator", "POST", "/executions/batch", "{}"),
        new Route("viewer", "GET", "/executions/{execution}", ""),
        new Route("viewer", "GET", "/executions/{execution}/events", ""),
        new Route("viewer", "GET", "/executions/{execution}/timeline", ""),
        new Route("operator", "POST", "/executions/{execution}/cancel", "{}"),
        new Route("operator", "POST", "/executions/{execution}/terminate", "{}"),
        new Route("operator", "POST", "/executions/{execution}/pause", "{}"),
        new Route("operator", "POST", "/executions/{execution}/resume", "{}"),
        new Route("operator", "POST", "/executions/{execution}/priority", "{}"),
        new Route("operator", "POST", "/executions/{execution}/skip", "{}"),
        new Route("operator", "POST", "/executions/{execution}/signals/go", "{}"),
        new Route("viewer", "GET", "/executions/{execution}/signals", ""),
        new Route("operator", "POST", "/executions/{execution}/repair", "{}"),
        new Route("operator", "POST", "/executions/{execution}/retry", "{}"),
        new Route("operator", "POST", "/executions/{execution}/rerun", "{}"),
        new Route("viewer", "GET", "/logs", ""),
        new Route("operator", "POST", "/logs", "{}"),
        new Route("viewer", "GET", "/metrics", ""),
        new Route("viewer", "GET", "/openapi.json", ""),
        new Route("viewer", "GET", "/keys/current", ""),
        new Route("admin", "GET", "/keys", ""),
        new Route("admin", "POST", "/keys", "{}"),
        new Route("admin", "DELETE", "/keys/0198c5d0-7b1a-7c3d-8e4f-000000000001", ""),
        new Route("admin", "GET", "/projects", ""),
        new Route("admin", "POST", "/projects", "{}"),
        new Route("admin", "GET", "/settings/limits", ""),
        new Route("admin", "PUT", "/settings/limits", "{}"),
        new Route("executor", "POST", "/executor/attempts", "{}"),
        new Route("executor", "PUT", "/executor/workers/x", "{}"),
        new Route("executor", "DELETE", "/executor/workers/x", ""),
        new Route("viewer", "GET", "/pools", ""),
        new Route("viewer", "GET", "/pools/default", ""),
        new Route("attempt", "POST", "/executor/attempts/current/reports", "{}"),
        new Route("attempt", "POST", "/executor/attempts/current/end", "{}"),
        new Route("attempt", "GET", "/executor/bundles/sha256:0", ""),
        new Route("viewer", "GET", "/executions/{execution}/artifacts", ""),
        new Route(
            "viewer",
            "GET",
            "/executions/{execution}/artifacts/0198c5d0-7b1a-7c3d-8e4f-000000000001",
            ""),
        new Route("operator", "POST", "/files", "{}"),
        new Route("admin", "GET", "/settings/retention", ""),
        new Route("admin", "PUT", "/settings/retention", "{}"),
        new Route("admin", "GET", "/settings/retention/purges", ""),
        new Route("viewer", "GET", "/batches", ""),
        new Route("operator", "POST", "/batches", "{}"),
        new Route("operator", "POST", "/batches/preview", "{}"),
        new Route("viewer", "GET", "/batches/0198c5d0-7b1a-7c3d-8e4f-000000000001", ""),
        new Route("viewer", "GET", "/batches/0198c5d0-7b1a-7c3d-8e4f-000000000001/items", ""),
        new Route("operator", "POST", "/batches/0198c5d0-7b1a-7c3d-8e4f-000000000001/abort", "{}"),
        new Route("attempt", "GET", "/executor/files/0", ""),
        new Route("attempt", "PUT", "/executor/attempts/current/artifacts/0", "{}"));
  }

  private static Answer call(Rest rest, Route route, String suffix) {
    String path = route.path().replace("{task}", task).replace("{execution}", execution) + suffix;
    return route.body().isEmpty()
        ? rest.call(route.method(), path, Map.of(), (String) null)
        : rest.call(route.method(), path, Map.of("Content-Type", "application/json"), route.body());
  }

  private static boolean allowed(String least, String role) {
    List<String> order = List.of("viewer", "operator", "author", "admin");
    return order.contains(least) ? order.indexOf(role) >= order.indexOf(least) : least.equals(role);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aRouteLetsInWhoHasItsRoleAndNobodyElse(Route route) {
    ROLES.forEach((role, rest) -> {
      Answer answer = call(rest, route, "");
      if (allowed(route.least(), role)) {
        assertThat(answer.status()).as(role + " " + answer).isNotIn(401, 403, 500);
      } else if (route.least().equals("attempt")) {
        assertThat(answer.status()).as(role + " " + answer).isEqualTo(401);
      } else {
        assertThat(answer.status()).as(role + " " + answer).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
      }
    });
  }

  @ParameterizedTest
  @MethodSource("routes")
  void withoutAKeyEveryRouteIsShutHoweverItIsSpelled(Route route) {
    Rest nobody = ADMIN.as(null);
    for (String suffix :
        List.of(
            "",
            "/",
            "/configs",
            ";x=1",
            "/../health/live",
            "%2f..%2fhealth%2flive",
            "?/health/live",
            "//",
            "/.",
            "#/health/live")) {
      if (suffix.contains("#")) {
        continue; // never sent
      }
      Answer answer = call(nobody, route, suffix);
      assertThat(answer.status()).as(route + suffix + " " + answer).isIn(400, 401, 404);
      if (answer.status() == 401) {
        assertThat(answer.header("www-authenticate").orElse("")).startsWith("Bearer");
      }
    }
    for (String prefix : List.of("/health/live/..", "/health/ready/../..", "//health/live/../..")) {
      Answer answer = nobody.get(prefix + route.path().replace("{", "").replace("}", ""));
      assertThat(answer.status()).isIn(400, 401, 404);
    }
  }

  @Test
  void healthIsOpenToAll() {
    Rest nobody = ADMIN.as(null);
    assertThat(nobody.get("/health/live").status()).isEqualTo(200);
    assertThat(nobody.get("/health/ready").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tw_nonsense", "Basic", "", "null", "eyJhbGciOiJub25lIn0.e30."})
  void keysThatAreNoneAreRefused(String key) {
    Answer answer = ADMIN.as(key).get("/tasks");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void aRevokedKeyIsRefusedAtOnce() {
    JsonNode key =
        ADMIN.post("/keys", "{\"name\":\"" + Tasks.name("gone") + "\",\"role\":\"viewer\"}").json();
    Rest rest = ADMIN.as(key.get("secret").stringValue());
    assertThat(rest.get("/tasks").status()).isEqualTo(200);
    String path = "/keys/" + key.get("id").stringValue();
    assertThat(ADMIN.call("DELETE", path, Map.of(), (String) null).status()).isEqualTo(204);
    assertThat(rest.get("/tasks").status()).isEqualTo(401);
    assertThat(ADMIN.call("DELETE", path, Map.of(), (String) null).status()).isEqualTo(404);
    assertThat(ADMIN.get("/keys").body()).doesNotContain(key.get("secret").stringValue());
  }

  @Test
  void credentialsInAnAddressAreRefused() {
    String secret = Shared.installation().adminKey();
    for (String name : List.of("api_key", "access_token", "token", "key", "Authorization")) {
      Answer answer = ADMIN.as(null).get("/tasks?" + name + "=" + secret);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("CREDENTIALS_IN_URL");
      assertThat(answer.body()).doesNotContain(secret);
    }
  }

  @Test
  void anotherProjectIsAsIfItWereNotThere() {
    assertThat(otherProject.get("/tasks/" + task).status()).isEqualTo(404);
    assertThat(otherProject.get("/executions/" + execution).status()).isEqualTo(404);
    assertThat(otherProject.get("/executions/" + execution + "/events").status()).isEqualTo(404);
    assertThat(otherProject.get("/executions/" + execution + "/timeline").status()).isEqualTo(404);
    assertThat(otherProject.get("/executions/" + execution + "/signals").status()).isEqualTo(404);
    for (String command :
        List.of(
            "cancel",
            "terminate",
            "pause",
            "resume",
            "priority",
            "skip",
            "signals/go",
            "repair",
            "retry",
            "rerun")) {
      String body =
          switch (command) {
            case "priority" -> "{\"priority\":1}";
            case "skip" -> "{\"output\":1}";
            default -> "{}";
          };
      assertThat(otherProject.post("/executions/" + execution + "/" + command, body).status())
          .as(command)
          .isEqualTo(404);
    }
    assertThat(otherProject.post("/tasks/" + task + "/preview", "{}").status()).isEqualTo(404);
    assertThat(otherProject.post("/tasks/" + task + "/executions", "{}").status()).isEqualTo(404);
    assertThat(otherProject.get("/tasks").json().get("items")).isEmpty();
    assertThat(otherProject.get("/executions").json().get("items")).isEmpty();
    assertThat(otherProject.get("/logs?execution=" + execution).json().get("items")).isEmpty();
    Answer log =
        otherProject.post(
            "/logs", "{\"execution\":\"" + execution + "\",\"level\":\"INFO\",\"message\":\"x\"}");
    assertThat(log.status()).isEqualTo(404);
    assertThat(otherProject.post("/projects", "{\"name\":\"mine\"}").status()).isEqualTo(403);
    assertThat(otherProject.get("/keys").json().get("items")).hasSize(1);
  }

  @Test
  void oneNameAndOneKeyMeanSomethingElseInEachProject() {
    JsonNode made = ADMIN.post("/projects", "{\"name\":\"" + Tasks.name("third") + "\"}").json();
    Rest third = ADMIN.as(made.at("/key/secret").stringValue());
    ObjectNode theirs = Tasks.of("javascript", "function main() { return 2; }").put("name", task);
    assertThat(third.define(theirs.toString())).isEqualTo(task);
    assertThat(third.run(task, "{}").get("output").intValue()).isEqualTo(2);
    assertThat(ADMIN.run(task, "{}").get("output").intValue()).isEqualTo(1);
    Map<String, String> key = Map.of("Idempotency-Key", "same-" + task);
    String starts = "/tasks/" + task + "/executions";
    assertThat(ADMIN.post(starts, key, "{\"input\":{\"n\":1}}").status()).isEqualTo(202);
    assertThat(third.post(starts, key, "{\"input\":{\"n\":2}}").status()).isEqualTo(202);
  }

  @Test
  void theProjectComesFromTheKeyAlone() {
    Answer answer = ADMIN.call("GET", "/tasks", Map.of("X-Project", "another"), (String) null);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("TENANT_MISMATCH");
  }

  @Test
  void onlyItsOwnerReadsTheKeysAndTheFolder() throws Exception {
    Path data = Shared.installation().data();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(data.resolve("keys"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void noSecretStandsInACommandLineOrAnEnvironment() throws Exception {
    String key = Shared.installation().adminKey();
    String executorKey =
        Files.readString(Shared.installation().data().resolve("keys/executor.key")).strip();
    for (long pid : Shared.installation().processes()) {
      for (String file : List.of("cmdline", "environ")) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        String text = Files.isReadable(path) ? readOrNothing(path) : "";
        assertThat(text).doesNotContain(key).doesNotContain(executorKey);
      }
    }
  }

  private static String readOrNothing(Path path) {
    try {
      return Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
