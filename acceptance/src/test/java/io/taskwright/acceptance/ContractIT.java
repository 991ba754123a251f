package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.rules.shape.JsonShape;
import io.taskwright.rules.shape.JsonShapes;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What really comes back is what the published contract says. */
class ContractIT {
  private final Rest rest = Shared.rest();
  private final JsonNode contract = rest.get("/openapi.json").json();

  /** Holds an answer's body against the schema that the contract gives for it. */
  private void assertKept(Answer answer, String method, String path) {
    JsonNode operation = contract.get("paths").get(path).get(method);
    JsonNode response = operation.get("responses").get(Integer.toString(answer.status()));
    assertThat(response).as(method + " " + path + " " + answer.status()).isNotNull();
    if (response.has("$ref")) {
      response = contract.at(response.get("$ref").stringValue().substring(1));
    }
    JsonNode schema = response.get("content").values().iterator().next().get("schema");
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.set("components", contract.get("components"));
    whole.putArray("allOf").add(schema);
    JsonShape shape = JsonShapes.ready(whole);
    assertThat(shape.violations(answer.json())).as(answer.body()).isEmpty();
  }

  @Test
  void tasksAreAsTheContractSays() {
    String definition = Tasks.of("javascript", "function main() { return 1; }").toString();
    Answer created = rest.post("/tasks", definition);
    assertKept(created, "post", "/tasks");
    String name = created.json().get("name").stringValue();
    assertKept(rest.get("/tasks/" + name), "get", "/tasks/{task}");
    assertKept(rest.get("/tasks/" + name + "/versions"), "get", "/tasks/{task}/versions");
    assertKept(rest.get("/tasks?limit=2"), "get", "/tasks");
    assertKept(rest.post("/tasks/validate", "{}"), "post", "/tasks/validate");
    assertKept(rest.post("/tasks", definition), "post", "/tasks");
    assertKept(rest.post("/tasks", "{}"), "post", "/tasks");
  }

  @Test
  void versionsAreAsTheContractSays() {
    ObjectNode definition = Tasks.of("javascript", "function main(n) { return n; }");
    String at = "/tasks/" + Tasks.define(rest, definition);
    rest.run(definition.get("name").stringValue(), "\"x\"");
    definition.putObject("inputSchema").put("type", "integer");
    Map<String, String> json = Map.of("Content-Type", "application/json");
    String draft = "/tasks/{task}/draft";
    assertKept(rest.call("PUT", at + "/draft", json, definition.toString()), "put", draft);
    assertKept(rest.get("/tasks?state=draft"), "get", "/tasks");
    assertKept(rest.get(at + "/draft"), "get", draft);
    assertKept(rest.get(at + "/diff?to=draft"), "get", "/tasks/{task}/diff");
    String check = "/tasks/{task}/publish-check";
    assertKept(rest.call("POST", at + "/publish-check", Map.of(), null), "post", check);
    Map<String, String> tag = Map.of("If-Match", "*");
    String publish = "/tasks/{task}/draft/publish";
    String strict = at + "/draft/publish?strict=true";
    assertKept(rest.call("POST", strict, tag, null), "post", publish);
    assertKept(rest.call("POST", at + "/draft/publish", tag, null), "post", publish);
    assertKept(rest.get(at + "/diff"), "get", "/tasks/{task}/diff");
    assertKept(
        rest.post(at + "/rollback", tag, "{\"version\":1,\"note\":\"n\"}"),
        "post",
        "/tasks/{task}/rollback");
    String version = "/versions/2/archive";
    assertKept(rest.post(at + version, "{}"), "post", "/tasks/{task}/versions/{number}/archive");
    assertKept(rest.post(at + "/archive", "{}"), "post", "/tasks/{task}/archive");
    assertKept(rest.get(at), "get", "/tasks/{task}");
    assertKept(rest.get(at + "/versions"), "get", "/tasks/{task}/versions");
    assertKept(rest.post(at + "/executions", "{\"input\":1}"), "post", "/tasks/{task}/executions");
    assertKept(
        rest.send("POST", "/tasks/import", Map.of("Content-Type", "application/zip"), new byte[9]),
        "post",
        "/tasks/import");
  }

  @Test
  void executionsAreAsTheContractSays() {
    for (String source :
        new String[] {
          "console.log('x'); function main() { progress(0.5, 'half'); return 1; }",
          "function main() { throw new Error('x'); }"
        }) {
      String task = Tasks.define(rest, Tasks.of("javascript", source));
      String starts = "/tasks/" + task + "/executions";
      assertKept(
          rest.post(starts, Map.of("Prefer", "wait=30"), "{\"labels\":{\"a\":\"b\"}}"),
          "post",
          "/tasks/{task}/executions");
      Answer accepted = rest.post(starts, "{\"startAt\":\"2099-01-01T00:00:00Z\"}");
      assertKept(accepted, "post", "/tasks/{task}/executions");
      accepted =
          rest.post(starts, "{\"startAt\":\"" + java.time.Instant.now().plusSeconds(60) + "\"}");
      String id = accepted.json().get("id").stringValue();
      assertKept(accepted, "post", "/tasks/{task}/executions");
      assertKept(rest.get("/executions/" + id), "get", "/executions/{id}");
      assertKept(
          rest.post("/executions/" + id + "/cancel", "{}"), "post", "/executions/{id}/cancel");
      assertKept(rest.get("/executions/" + id), "get", "/executions/{id}");
      assertKept(
          rest.post("/executions/" + id + "/cancel", "{}"), "post", "/executions/{id}/cancel");
      assertKept(rest.get("/executions?task=" + task), "get", "/executions");
      assertKept(rest.get("/logs?task=" + task), "get", "/logs");
      assertKept(
          rest.post("/logs", "{\"execution\":\"" + id + "\",\"level\":\"INFO\",\"message\":\"x\"}"),
          "post",
          "/logs");
    }
  }

  @Test
  void dryRunsAndChecksAreAsTheContractSays() {
    String definition =
        Tasks.of(
                "javascript",
                "function main(n) { return n; }",
                "{'inputSchema':{'type':'integer'},'tests':["
                    + "{'name':'right','input':1,'expect':{'output':1}},"
                    + "{'name':'wrong','input':1,'expect':{'output':2}},"
                    + "{'name':'none','input':'x','expect':{'violations':[{'pointer':''}]}}]}")
            .toString();
    String task = rest.define(definition);
    for (String body :
        new String[] {
          "{\"input\":1}",
          "{\"input\":1,\"mocks\":{\"output\":2}}",
          "{\"input\":1,\"mocks\":{\"failure\":{\"code\":\"CODE_ERROR\"}}}",
          "{\"input\":1,\"mocks\":{}}"
        }) {
      assertKept(rest.post("/tasks/" + task + "/dry-run", body), "post", "/tasks/{task}/dry-run");
    }
    assertKept(
        rest.post("/tasks/" + task + "/dry-run", Map.of("Prefer", "wait=0"), "{\"input\":1}"),
        "post",
        "/tasks/{task}/dry-run");
    Answer dry = rest.post("/tasks/" + task + "/dry-run", "{\"input\":1}");
    assertKept(
        rest.get("/executions/" + dry.json().get("execution").stringValue()),
        "get",
        "/executions/{id}");
    assertKept(rest.get("/executions?dryRun=true&task=" + task), "get", "/executions");
    assertKept(
        rest.call("POST", "/tasks/" + task + "/check", Map.of(), (String) null),
        "post",
        "/tasks/{task}/check");
    assertKept(rest.post("/tasks/check", definition), "post", "/tasks/check");
  }

  @Test
  void secretsAreAsTheContractSays() {
    String name = "CONTRACT_" + ProcessHandle.current().pid();
    String path = "/secrets/" + name;
    for (String body : new String[] {"{\"value\":\"a value\"}", "{\"value\":\"another\"}", "{}"}) {
      assertKept(
          rest.call("PUT", path, Map.of("Content-Type", "application/json"), body),
          "put",
          "/secrets/{name}");
    }
    assertKept(rest.get(path), "get", "/secrets/{name}");
    assertKept(rest.get("/secrets"), "get", "/secrets");
    assertThat(rest.call("DELETE", path, Map.of(), null).status()).isEqualTo(204);
    assertKept(rest.call("DELETE", path, Map.of(), null), "delete", "/secrets/{name}");
  }

  @Test
  void keysAndProjectsAreAsTheContractSays() {
    assertKept(
        rest.post("/keys", "{\"name\":\"" + Tasks.name("k") + "\",\"role\":\"viewer\"}"),
        "post",
        "/keys");
    assertKept(rest.get("/keys"), "get", "/keys");
    assertKept(rest.get("/keys/current"), "get", "/keys/current");
    assertKept(
        rest.post("/projects", "{\"name\":\"" + Tasks.name("p") + "\"}"), "post", "/projects");
    assertKept(rest.get("/projects"), "get", "/projects");
    assertKept(rest.get("/health/ready"), "get", "/health/ready");
    assertKept(rest.get("/settings/limits"), "get", "/settings/limits");
    assertKept(
        rest.call("PUT", "/settings/limits", Map.of("Content-Type", "application/json"), "{}"),
        "put",
        "/settings/limits");
    assertKept(rest.get("/pools"), "get", "/pools");
    assertKept(rest.get("/pools/default"), "get", "/pools/{name}");
    assertThat(rest.get("/metrics").body())
        .contains("taskwright_executions_ended_total")
        .doesNotContain("workflow_type=\"javascript-");
  }
}
