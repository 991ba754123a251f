package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Executions that are checked by other tasks, end to end. */
final class CheckTasksIT {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final String SEVEN = "function main(i) { return 7; }";
  private static final String ECHO = "function main(i) { return i; }";
  private static final String SLEEPS = "sleep $(tr -dc 0-9); echo 1 > $TASK_OUTPUT";

  private final Rest rest = Shared.rest();

  private static String checked(String by, String more) {
    return "{'checks':[{'task':{'name':'" + by + "'" + more + "}}]}";
  }

  private String define(String source, String more) {
    return Tasks.define(rest, Tasks.of("javascript", source, more));
  }

  private String define(String source) {
    return define(source, "{}");
  }

  private JsonNode run(String task) {
    return rest.await(rest.start(task, "{\"n\":3}"), LONGEST);
  }

  private static void assertStatus(JsonNode execution, String status) {
    assertThat(execution.get("status").stringValue()).as(execution.toString()).isEqualTo(status);
  }

  /** The execution that checks this one, once it is there. */
  private static JsonNode child(Rest rest, String parent) {
    await().atMost(LONGEST).until(() -> !rest.execution(parent).get("checks").isEmpty());
    return rest.execution(rest.execution(parent).at("/checks/0/execution").stringValue());
  }

  private static void awaitStatus(Rest rest, String id, String status) {
    await()
        .atMost(LONGEST)
        .until(() -> rest.execution(id).get("status").stringValue().equals(status));
  }

  @Test
  void completesWhenTheTaskThatChecksItHasCompleted() {
    String by = define(ECHO);
    String task =
        define(
            SEVEN,
            checked(
                by, ",'input':{'got':'output','id':'execution.id'},'expect':'result.got == 7'"));
    JsonNode preview = rest.post("/tasks/" + task + "/preview", "{}").json();
    assertThat(preview.at("/checks/0/task/name").stringValue()).isEqualTo(by);
    assertThat(preview.at("/checks/0/within").stringValue()).isEqualTo("PT5M");

    JsonNode end = run(task);
    assertStatus(end, "COMPLETED");
    assertThat(end.get("output").intValue()).isEqualTo(7);
    String id = end.get("id").stringValue();
    JsonNode check = end.at("/checks/0");
    assertThat(check.get("passed").booleanValue()).isTrue();
    assertThat(check.get("pointer").stringValue()).isEqualTo("/checks/0");
    JsonNode child = rest.execution(check.get("execution").stringValue());
    assertStatus(child, "COMPLETED");
    assertThat(child.get("parent").stringValue()).isEqualTo(id);
    assertThat(child.at("/origin/kind").stringValue()).isEqualTo("check");
    assertThat(child.at("/origin/execution").stringValue()).isEqualTo(id);
    assertThat(child.at("/output/id").stringValue()).isEqualTo(id);
    assertThat(
            rest.get("/executions/" + id + "/timeline")
                .json()
                .get("items")
                .valueStream()
                .map(item ->
                    item.get("type").stringValue() + " " + item.at("/data/status").asString(""))
                .map(String::strip)
                .toList())
        .endsWith("status WAITING", "waiting", "check", "status RUNNING", "end COMPLETED");
  }

  @Test
  void failsWithTheReasonOfTheTaskThatChecksIt() {
    String broken = define("function main(i) { throw new Error('no such order'); }");
    JsonNode end = run(define(SEVEN, checked(broken, "")));
    assertStatus(end, "FAILED");
    assertThat(end.at("/failure/code").stringValue()).isEqualTo("CHECK_FAILED");
    assertThat(end.at("/failure/details/0/pointer").stringValue()).isEqualTo("/checks/0");
    assertThat(end.at("/failure/details/0/execution")).isEqualTo(end.at("/checks/0/execution"));
    assertThat(end.at("/failure/details/0/found").stringValue())
        .contains("FAILED", "CODE_ERROR", "no such order");
    assertThat(end.get("output").isNull()).isTrue();

    JsonNode unlike = run(define(SEVEN, checked(define(ECHO), ",'expect':'result.output == 8'")));
    assertStatus(unlike, "FAILED");
    assertThat(unlike.at("/failure/message").stringValue())
        .contains("/checks/0", "result.output == 8", "the expression is false");
    assertThat(unlike.at("/checks/0/passed").booleanValue()).isFalse();
  }

  @Test
  void failsWhenTheInputDoesNotFitTheTaskThatChecksIt() {
    String by = define(ECHO, "{'inputSchema':{'required':['id']}}");
    JsonNode end = run(define(SEVEN, checked(by, "")));
    assertStatus(end, "FAILED");
    assertThat(end.at("/failure/details/0/found").stringValue())
        .contains("could not be started", "id");
    assertThat(end.get("checks")).isEmpty();
  }

  @Test
  void cancelsTheTaskThatTakesTooLong() {
    String by = Tasks.define(rest, Tasks.of("bash", SLEEPS));
    String id =
        rest.start(define(SEVEN, checked(by, ",'within':'PT2S','input':{'s':'600'}")), "{}");
    JsonNode end = rest.await(id, LONGEST);
    assertStatus(end, "FAILED");
    assertThat(end.at("/failure/details/0/found").stringValue()).contains("had not ended by then");
    awaitStatus(rest, child(rest, id).get("id").stringValue(), "CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "terminate", "skip"})
  void callsItsCheckOffWhenItIsEnded(String command) {
    String by = Tasks.define(rest, Tasks.of("bash", SLEEPS));
    String id = rest.start(define(SEVEN, checked(by, ",'input':{'s':'600'}")), "{}");
    String child = child(rest, id).get("id").stringValue();
    JsonNode waits = rest.execution(id);
    assertStatus(waits, "WAITING");
    assertThat(waits.at("/waiting/for").stringValue()).isEqualTo("check by " + by);

    Answer answer =
        rest.post(
            "/executions/" + id + "/" + command,
            command.equals("skip") ? "{\"output\":8,\"reason\":\"enough\"}" : "{}");
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
    assertStatus(rest.await(id, LONGEST), command.equals("skip") ? "COMPLETED" : "CANCELLED");
    assertStatus(rest.await(child, LONGEST), "CANCELLED");
    assertThat(rest.execution(child).at("/cancellation/by").stringValue()).isEqualTo("checks");
  }

  @Test
  void waitsWithItsEndWhileItIsPausedAndTheCheckGoesOn() {
    String by = Tasks.define(rest, Tasks.of("bash", SLEEPS));
    String id = rest.start(define(SEVEN, checked(by, ",'input':{'s':'2'}")), "{}");
    String child = child(rest, id).get("id").stringValue();
    rest.post("/executions/" + id + "/pause", "{}");
    assertStatus(rest.await(child, LONGEST), "COMPLETED");
    assertStatus(rest.execution(id), "PAUSED");
    rest.post("/executions/" + id + "/resume", "{}");
    assertStatus(rest.await(id, LONGEST), "COMPLETED");
  }

  @Test
  void isNotHeldUpByTheLimitsThatItsOwnExecutionTakesUp() {
    Rest other = newProject();
    Answer set =
        other.send(
            "PUT",
            "/settings/limits",
            Map.of("Content-Type", "application/json"),
            "{\"inFlight\":1,\"quota\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    String by = Tasks.define(other, Tasks.of("javascript", ECHO));
    String task = Tasks.define(other, Tasks.of("javascript", SEVEN, checked(by, "")));
    assertStatus(other.await(other.start(task, "{}"), LONGEST), "COMPLETED");
    assertThat(other.get("/settings/limits").json().at("/used/quota").intValue()).isZero();
  }

  private Rest newProject() {
    Answer made = rest.post("/projects", "{\"name\":\"" + Tasks.name("checked") + "\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return rest.as(made.json().at("/key/secret").stringValue());
  }

  private Answer save(String name, String checks) {
    return rest.post(
        "/tasks",
        Tasks.of("javascript", SEVEN, "{'checks':[" + checks + "]}").put("name", name).toString());
  }

  private void assertRefused(Answer answer, String pointer, String keyword) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    assertThat(answer.json().at("/errors/0/keyword").stringValue()).isEqualTo(keyword);
  }

  @Test
  void refusesTasksThatCannotCheck() {
    String name = Tasks.name("checked");
    assertRefused(
        save(name, "{'task':{'name':'nobody-knows-it'}}"), "/checks/0/task/name", "UNKNOWN_TASK");
    String plain = define(ECHO);
    assertRefused(
        save(name, "{'task':{'name':'" + plain + "','version':2}}"),
        "/checks/0/task/version",
        "UNKNOWN_TASK");
    assertRefused(
        save(name, "{'task':{'name':'" + name + "'}}"), "/checks/0/task/name", "CHECK_CYCLE");
    String checked = define(SEVEN, checked(plain, ""));
    assertRefused(
        save(name, "{'artifact':'a'},{'task':{'name':'" + checked + "'}}"),
        "/checks/1/task/name",
        "CHECK_CYCLE");
    rest.post("/tasks/" + plain + "/archive", "{}");
    assertRefused(
        save(name, "{'task':{'name':'" + plain + "'}}"), "/checks/0/task/name", "TASK_ARCHIVED");
    assertStatus(run(checked), "COMPLETED"); // it was pinned before
  }

  @Test
  void importsBothInOneArchiveInWhateverOrder() throws IOException {
    String by = Tasks.name("imported");
    String task = Tasks.name("imported");
    String js = "\nautomated: {runtime: javascript, source: 'function main(i) { return i; }'}\n";
    byte[] archive =
        zip(
            new TreeMap<>(
                Map.of(
                    "a.yaml",
                    "name: " + task + js + "checks: [{task: {name: " + by + "}}]\n",
                    "b.yaml",
                    "name: " + by + js)));
    Answer answer =
        rest.send("POST", "/tasks/import", Map.of("Content-Type", "application/zip"), archive);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(
            answer
                .json()
                .get("items")
                .valueStream()
                .map(one -> one.at("/file").stringValue())
                .toList())
        .containsExactly("a.yaml", "b.yaml");
    assertStatus(run(task), "COMPLETED");
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void outlivesTheServerBetweenTheBeginAndTheEndOfItsCheck() {
    try (Installation killed = Installation.fresh().up()) {
      Rest own = killed.rest();
      String by = Tasks.define(own, Tasks.of("bash", SLEEPS));
      String task =
          Tasks.define(own, Tasks.of("javascript", SEVEN, checked(by, ",'input':{'s':'5'}")));
      String id = own.start(task, "{}");
      String child = child(own, id).get("id").stringValue();
      Installation.kill(killed.pid("server"));
      await()
          .atMost(LONGEST)
          .ignoreExceptions()
          .until(() -> own.get("/health/ready").status() == 200);

      JsonNode end = own.await(id, LONGEST);
      assertStatus(end, "COMPLETED");
      assertThat(end.get("checks")).hasSize(1);
      assertThat(end.at("/checks/0/execution").stringValue()).isEqualTo(child);
      assertThat(own.get("/executions?task=" + by).json().get("items")).hasSize(1);
    }
  }
}
