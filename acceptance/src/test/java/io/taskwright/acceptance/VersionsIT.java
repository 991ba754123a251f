package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of a task's versions, from draft to archive. */
final class VersionsIT {
  private static final Map<String, String> YAML = Map.of("Content-Type", "application/yaml");
  private static final String SCHEMA =
      "{'inputSchema':{'type':'object','properties':{'n':{'type':'integer'}}}}";

  private final Rest rest = Shared.rest();

  private static ObjectNode echo() {
    return Tasks.of("javascript", "function main(input) { return input; }", SCHEMA);
  }

  private Answer change(String method, String path, String tag, String body) {
    Map<String, String> headers =
        tag.isEmpty()
            ? Map.of("Content-Type", "application/json")
            : Map.of("Content-Type", "application/json", "If-Match", tag);
    return rest.call(method, path, headers, body);
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
  }

  private static String tag(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
    return answer.header("etag").orElseThrow();
  }

  @Test
  void aTaskBeginsAsADraftThatMayBeWrong() {
    ObjectNode definition = echo();
    String name = definition.get("name").stringValue();
    definition.withObject("/automated").put("runtime", "cobol");

    Answer begun = rest.post("/tasks?draft=true", definition.toString());

    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    assertThat(begun.header("location").orElseThrow()).endsWith("/draft");
    assertThat(begun.json().at("/errors/0/pointer").stringValue()).isEqualTo("/automated/runtime");
    assertThat(rest.get("/tasks/" + name).status()).isEqualTo(404);
    assertThat(rest.get("/tasks/" + name).body()).contains("/draft");
    assertProblem(rest.post("/tasks/" + name + "/executions", "{}"), 404, "NOT_FOUND");
    assertProblem(rest.post("/tasks", echo().put("name", name).toString()), 409, "NAME_TAKEN");
    assertProblem(rest.post("/tasks/" + name + "/archive", "{}"), 409, "NOT_PUBLISHED");
    String publish = "/tasks/" + name + "/draft/publish";
    assertProblem(change("POST", publish, "", "{}"), 428, "PRECONDITION_REQUIRED");
    assertProblem(change("POST", publish, tag(begun), "{}"), 422, "UNKNOWN_RUNTIME");

    definition.withObject("/automated").put("runtime", "javascript");
    String draft = "/tasks/" + name + "/draft";
    assertProblem(change("PUT", draft, "", definition.toString()), 428, "PRECONDITION_REQUIRED");
    assertProblem(change("PUT", draft, "\"1\"", definition.toString()), 412, "PRECONDITION_FAILED");
    Answer saved = change("PUT", draft, tag(begun), definition.toString());
    assertThat(saved.json().get("errors")).isEmpty();
    assertProblem(change("POST", publish, tag(begun), "{}"), 412, "PRECONDITION_FAILED");
    Answer published = change("POST", publish, tag(saved), "{\"note\":\"at last\"}");

    assertThat(published.json().get("version").intValue()).isEqualTo(1);
    assertThat(published.json().at("/origin/kind").stringValue()).isEqualTo("draft");
    assertThat(published.json().get("note").stringValue()).isEqualTo("at last");
    assertProblem(rest.get(draft), 404, "NOT_FOUND");
    assertProblem(change("POST", publish, tag(saved), "{}"), 404, "NOT_FOUND");
    assertThat(rest.run(name, "{\"n\":1}").at("/output/n").intValue()).isEqualTo(1);
  }

  @Test
  void aDraftIsRemovedByWhoKnowsItsNewest() {
    ObjectNode definition = echo();
    String name = definition.get("name").stringValue();
    String draft = "/tasks/" + name + "/draft";
    String tag = tag(rest.post("/tasks?draft=true", definition.toString()));
    assertProblem(change("DELETE", draft, "", null), 428, "PRECONDITION_REQUIRED");
    assertProblem(change("DELETE", draft, "\"d999\"", null), 412, "PRECONDITION_FAILED");
    assertThat(change("DELETE", draft, tag, null).status()).isEqualTo(204);
    assertProblem(rest.get(draft), 404, "NOT_FOUND");
    assertThat(Tasks.define(rest, definition)).as("the name is free again").isEqualTo(name);
  }

  @Test
  void aDraftThatWasOvertakenSaysSo() {
    ObjectNode definition = echo();
    String path = "/tasks/" + Tasks.define(rest, definition);
    String tag = tag(change("PUT", path + "/draft", "", definition.toString()));
    tag(change("PUT", path, "\"1\"", definition.put("description", "x").toString()));

    Answer refused = change("POST", path + "/draft/publish", tag, "{}");
    assertProblem(refused, 409, "DRAFT_OUTDATED");
    assertThat(refused.body()).contains("diff?from=1&to=2", "basedOn=2");
    assertProblem(change("PUT", path + "/draft?basedOn=3", tag, "{}"), 400, "INVALID_PARAMETER");
    Answer saved = change("PUT", path + "/draft?basedOn=2", tag, definition.toString());
    Answer published = change("POST", path + "/draft/publish", tag(saved), "{}");
    assertThat(published.json().get("version").intValue()).isEqualTo(3);
  }

  @Test
  void ofTwoWhoPublishAtOnceOneIsRefused() throws Exception {
    ObjectNode definition = echo();
    String path = "/tasks/" + Tasks.define(rest, definition);
    String tag = tag(change("PUT", path + "/draft", "", definition.toString()));
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService clients = Executors.newFixedThreadPool(6)) {
      var answers =
          IntStream.range(0, 6)
              .mapToObj(n ->
                  clients.submit(() -> {
                    go.await();
                    return n % 2 == 0
                        ? change("POST", path + "/draft/publish", tag, "{}")
                        : change("PUT", path, "\"1\"", definition.toString());
                  }))
              .toList();
      go.countDown();
      int won = 0;
      for (var answer : answers) {
        won += answer.get().status() == 200 ? 1 : 0;
        assertThat(answer.get().status()).as(answer.get().body()).isIn(200, 404, 409, 412);
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(rest.get(path + "/versions").json().get("items")).hasSize(2);
  }

  @Test
  void whatAnAuthorWroteComesBackByteForByte() {
    String name = Tasks.name("source");
    String text =
        "# why\r\nname:   %s\nautomated: {runtime: javascript, source: 'function main() { return 1; }'}  # \u00e9\n"
            .formatted(name);
    String path = "/tasks/" + name;
    assertThat(rest.call("POST", "/tasks?file=a/b.yaml&note=first", YAML, text).status())
        .isEqualTo(201);
    String json = Tasks.of("javascript", "function main() {}").put("name", name).toString();
    String odd = " \n" + json.replace(",", " ,\t");
    assertThat(change("PUT", path, "\"1\"", odd).status()).isEqualTo(200);

    JsonNode first = rest.get(path + "?version=1").json();
    assertThat(first.at("/source/mediaType").stringValue()).isEqualTo("application/yaml");
    assertThat(first.at("/source/file").stringValue()).isEqualTo("a/b.yaml");
    assertThat(first.get("note").stringValue()).isEqualTo("first");
    Map<String, String> accept = Map.of("Accept", "application/yaml");
    assertThat(rest.call("GET", path + "?version=1", accept, null).body()).isEqualTo(text);
    assertThat(rest.get(path + "/source?version=1").body()).isEqualTo(text);
    Answer second = rest.get(path + "/source");
    assertThat(second.body()).isEqualTo(odd);
    assertThat(second.header("content-type").orElseThrow()).startsWith("application/json");
    for (String bad : List.of("/abs.yaml", "../x.yaml", "a//b", "a%5Cb", "%E2%80%AEx")) {
      assertProblem(rest.call("POST", "/tasks?file=" + bad, YAML, text), 400, "INVALID_PARAMETER");
    }
  }

  @Test
  void aDiffSaysWhatBreaks() {
    ObjectNode definition = echo();
    String path = "/tasks/" + Tasks.define(rest, definition);
    assertProblem(rest.get(path + "/diff"), 404, "NOT_FOUND");
    definition.withObject("/inputSchema").putArray("required").add("n");
    definition.put("description", "new");
    tag(change("PUT", path, "\"1\"", definition.toString()));

    JsonNode diff = rest.get(path + "/diff").json();

    assertThat(diff.get("verdict").stringValue()).isEqualTo("breaking");
    assertThat(diff.at("/input/findings/0/pointer").stringValue()).isEqualTo("/required");
    assertThat(diff.at("/output/verdict").stringValue()).isEqualTo("same");
    assertThat(diff.get("changes").valueStream().map(it -> it.get("pointer").stringValue()))
        .containsExactlyInAnyOrder("/inputSchema/required", "/description");
    JsonNode back = rest.get(path + "/diff?from=2&to=1").json();
    assertThat(back.get("verdict").stringValue()).isEqualTo("compatible");
    assertProblem(rest.get(path + "/diff?to=draft"), 404, "NOT_FOUND");
    for (String odd : List.of("from=0", "from=-1", "to=1.5", "from=x", "to=99999999999", "q=1")) {
      assertProblem(rest.get(path + "/diff?" + odd), 400, "INVALID_PARAMETER");
    }
    assertProblem(rest.get(path + "/diff?to=9"), 404, "NOT_FOUND");
    change("PUT", path + "/draft", "", "{\"inputSchema\":7}");
    assertThat(rest.get(path + "/diff?to=draft").json().at("/input/verdict").stringValue())
        .isEqualTo("unknown");
  }

  @Test
  void goingBackMakesANewVersion() {
    ObjectNode definition = echo();
    String name = Tasks.define(rest, definition);
    String path = "/tasks/" + name;
    tag(change("PUT", path, "\"1\"", definition.put("description", "bad").toString()));
    String back = path + "/rollback";
    assertProblem(change("POST", back, "", "{\"version\":1}"), 428, "PRECONDITION_REQUIRED");
    assertProblem(change("POST", back, "\"1\"", "{\"version\":1}"), 412, "PRECONDITION_FAILED");
    assertProblem(change("POST", back, "\"2\"", "{}"), 400, "FIELD_REQUIRED");
    assertProblem(change("POST", back, "\"2\"", "{\"version\":2}"), 409, "NEWEST_VERSION");
    assertProblem(change("POST", back, "\"2\"", "{\"version\":7}"), 404, "NOT_FOUND");
    assertProblem(change("POST", back, "\"2\"", "{\"version\":\"1\"}"), 400, "INVALID_TYPE");

    Answer done = change("POST", back, "\"2\"", "{\"version\":1,\"note\":\"it was bad\"}");

    assertThat(done.json().get("version").intValue()).isEqualTo(3);
    assertThat(done.json().at("/origin/kind").stringValue()).isEqualTo("rollback");
    assertThat(done.json().at("/origin/version").intValue()).isEqualTo(1);
    assertThat(done.json().has("description")).isFalse();
    assertThat(rest.get(path + "/source").body())
        .isEqualTo(rest.get(path + "/source?version=1").body());
    JsonNode changes = rest.get(path + "/diff?from=1&to=3").json().get("changes");
    assertThat(changes).isEmpty();
  }

  @Test
  void whatIsArchivedIsNotStartedAnewAndWhatWasStartedGoesOn() {
    ObjectNode definition = echo();
    String name = Tasks.define(rest, definition);
    String path = "/tasks/" + name;
    String starts = path + "/executions";
    String later =
        rest.post(starts, "{\"startAt\":\"" + Instant.now().plusSeconds(4) + "\"}")
            .json()
            .get("id")
            .stringValue();
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    String first = rest.post(starts, key, "{}").json().get("id").stringValue();
    rest.await(first, Duration.ofSeconds(60));
    assertProblem(rest.post(path + "/versions/1/archive", "{}"), 409, "NEWEST_VERSION");
    tag(change("PUT", path, "\"1\"", definition.put("description", "2").toString()));
    assertThat(rest.post(path + "/versions/1/archive", "{}").json().get("state").stringValue())
        .isEqualTo("archived");

    assertProblem(rest.post(starts, "{\"version\":1}"), 409, "VERSION_ARCHIVED");
    assertProblem(rest.post(path + "/preview", "{\"version\":1}"), 409, "VERSION_ARCHIVED");
    assertProblem(rest.post("/executions/" + first + "/rerun", "{}"), 409, "VERSION_ARCHIVED");
    assertThat(rest.post("/executions/" + first + "/rerun", "{\"version\":2}").status())
        .isEqualTo(201);
    assertProblem(
        change("POST", path + "/rollback", "\"2\"", "{\"version\":1}"), 409, "VERSION_ARCHIVED");
    assertThat(rest.post(starts, "{}").status()).isEqualTo(202);

    assertThat(rest.post(path + "/archive", "{}").status()).isEqualTo(200);
    assertThat(rest.post(path + "/archive", "{}").status()).isEqualTo(200);
    assertProblem(rest.post(starts, "{}"), 409, "TASK_ARCHIVED");
    assertProblem(change("PUT", path, "\"2\"", definition.toString()), 409, "TASK_ARCHIVED");
    assertProblem(change("PUT", path + "/draft", "", definition.toString()), 409, "TASK_ARCHIVED");
    assertProblem(
        change("POST", path + "/rollback", "\"2\"", "{\"version\":1}"), 409, "TASK_ARCHIVED");
    Answer again = rest.post(starts, key, "{}");
    assertThat(again.json().get("id").stringValue()).as("what was accepted stays").isEqualTo(first);
    assertThat(rest.get("/tasks?q=" + name).json().get("items")).isEmpty();
    assertThat(rest.get("/tasks?state=archived&q=" + name).json().get("items")).hasSize(1);
    assertThat(rest.get(path).json().get("state").stringValue()).isEqualTo("archived");
    JsonNode done = rest.await(later, Duration.ofSeconds(60));
    assertThat(done.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(done.at("/task/version").intValue()).isEqualTo(1);

    rest.post(path + "/unarchive", "{}");
    rest.post(path + "/versions/1/unarchive", "{}");
    assertThat(rest.post(starts, "{\"version\":1}").status()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({
    "/tasks?state=gone, 400, INVALID_PARAMETER",
    "/tasks/none/versions, 404, NOT_FOUND",
    "/tasks/none/diff, 404, NOT_FOUND",
    "/tasks/none/source, 404, NOT_FOUND",
    "/tasks/none/draft, 404, NOT_FOUND",
    "/bundles/sha256:0, 404, NOT_FOUND",
    "/bundles/..%2Fx, 400, BAD_REQUEST"
  })
  void refusesWhatIsNotThere(String path, int status, String code) {
    Answer answer = rest.get(path);
    assertThat(answer.status()).isIn(status, 404);
    if (answer.status() == status) {
      assertThat(answer.code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1.0", "x", "99999999999", "7", "%31x"})
  void versionsThatAreNoneAreNotThere(String number) {
    String path = "/tasks/" + Tasks.define(rest, echo());
    assertProblem(rest.post(path + "/versions/" + number + "/archive", "{}"), 404, "NOT_FOUND");
    assertThat(rest.get(path + "?version=" + number).status()).isIn(400, 404);
  }

  @Test
  void namesThatAreNoneBeginNoDraft() {
    for (String name :
        List.of("", "a b", "all", "import", "export", "\u0440ay", "\u202ex", "x".repeat(64))) {
      ObjectNode definition = echo().put("name", name);
      Answer answer = rest.post("/tasks?draft=true", definition.toString());
      assertProblem(answer, 422, "INVALID_NAME");
    }
    assertProblem(rest.post("/tasks?draft=true", "{}"), 422, "DEFINITION_INVALID");
    assertProblem(rest.post("/tasks?draft=true", "[]"), 422, "DEFINITION_INVALID");
    assertProblem(rest.post("/tasks?draft=yes", "{}"), 400, "INVALID_PARAMETER");
    assertProblem(rest.post("/tasks?drafts=true", "{}"), 400, "INVALID_PARAMETER");
  }

  @Test
  void aCheckReplaysWhatWasTakenAndGiven() {
    ObjectNode definition = echo();
    String name = Tasks.define(rest, definition);
    String path = "/tasks/" + name;
    String small = rest.run(name, "{\"n\":1}").get("id").stringValue();
    String large = rest.run(name, "{\"n\":100}").get("id").stringValue();
    rest.run(name, "{}");
    definition.withObject("/inputSchema/properties/n").put("maximum", 10);
    definition.putObject("outputSchema").putArray("required").add("n");

    JsonNode report = rest.post(path + "/publish-check?last=1000", definition.toString()).json();

    assertThat(report.get("checked").intValue()).isEqualTo(3);
    assertThat(report.get("complete").booleanValue()).isTrue();
    assertThat(report.at("/refused/inputs").intValue()).isEqualTo(1);
    assertThat(report.at("/refused/outputs").intValue()).isEqualTo(1);
    assertThat(report.at("/executions/1/id").stringValue()).isEqualTo(large);
    assertThat(report.at("/executions/1/input/0/pointer").stringValue()).isEqualTo("/n");
    assertThat(report.toString()).doesNotContain(small);
    JsonNode last = rest.post(path + "/publish-check?last=1", definition.toString()).json();
    assertThat(last.get("checked").intValue()).isEqualTo(1);

    Answer strict = change("PUT", path + "?strict=true", "\"1\"", definition.toString());
    assertProblem(strict, 409, "WOULD_REFUSE");
    assertThat(strict.body()).contains("/executions/" + large + "/input/n");
    assertThat(rest.get(path + "/versions").json().get("items")).hasSize(1);
    String tag = tag(change("PUT", path + "/draft", "", definition.toString()));
    assertProblem(
        change("POST", path + "/draft/publish?strict=true", tag, "{}"), 409, "WOULD_REFUSE");
    assertThat(
            rest.call("POST", path + "/publish-check", Map.of(), null)
                .json()
                .at("/refused/inputs")
                .intValue())
        .isEqualTo(1);
    definition.remove("outputSchema");
    definition.withObject("/inputSchema/properties/n").put("maximum", 100);
    assertThat(change("PUT", path + "?strict=true", "\"1\"", definition.toString()).status())
        .isEqualTo(200);
    for (String odd : List.of("last=0", "last=1001", "last=x", "strict=true")) {
      assertProblem(rest.post(path + "/publish-check?" + odd, "{}"), 400, "INVALID_PARAMETER");
    }
    assertProblem(rest.post(path + "/publish-check", "{}"), 422, "DEFINITION_INVALID");
  }
}
