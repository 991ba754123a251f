package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Logs, files, executions and bundles go when their time is over, and the service says so. */
final class RetentionIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final String SETTINGS = "/settings/retention";
  private static final Map<String, String> ZIP = Map.of("Content-Type", "application/zip");

  private final Rest rest = SERVICE.rest();

  @BeforeAll
  static void start() {
    SERVICE.up(
        Map.of(
            "TASKWRIGHT_RETENTION_EVERY", "PT1S",
            "TASKWRIGHT_ARTIFACTS_SWEEPEVERY", "PT1S",
            "TASKWRIGHT_ARTIFACTS_GRACE", "PT1S"));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private Answer put(String body) {
    return rest.call("PUT", SETTINGS, Map.of("Content-Type", "application/json"), body);
  }

  private void set(String body) {
    Answer answer = put(body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static void sql(String... statements) throws Exception {
    try (Connection database = ServiceDatabase.openAsOwner(SERVICE);
        Statement statement = database.createStatement()) {
      statement.execute("set session_replication_role = replica"); // events are never changed, else
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** The execution as if it had come and ended so many hours ago; it has another id then. */
  private static String aged(String id, int hours) throws Exception {
    UUID now = UUID.fromString(id);
    UUID then =
        new UUID(
            now.getMostSignificantBits() - (Duration.ofHours(hours).toMillis() << 16),
            now.getLeastSignificantBits());
    String ago = " - interval '" + hours + " hours'";
    sql(
        "update execution set id = '%s', accepted_at = accepted_at%s, ended_at = ended_at%s where id = '%s'"
            .formatted(then, ago, ago, id),
        "update attempt set execution_id = '%s' where execution_id = '%s'".formatted(then, id),
        "update artifact set execution_id = '%s' where execution_id = '%s'".formatted(then, id),
        "update event set execution_id = '%s' where execution_id = '%s'".formatted(then, id));
    return then.toString();
  }

  private JsonNode log(String id) {
    return rest.get("/logs?execution=" + id).json();
  }

  private JsonNode file(String id) {
    return rest.get("/executions/" + id + "/artifacts").json().at("/items/0");
  }

  private static boolean stored(String folder, String hash) throws IOException {
    Path root = SERVICE.data().resolve(folder);
    if (!Files.exists(root)) {
      return false;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.anyMatch(path -> path.endsWith(hash));
    }
  }

  @Test
  void logsAndFilesGoBeforeTheirExecutions() throws Exception {
    String task =
        Tasks.define(
            rest,
            ArtifactsIT.leaving(
                Tasks.of(
                    "bash", "echo said; echo $RANDOM$RANDOM >left.txt; echo 7 >$TASK_OUTPUT\n"),
                "*.txt"));
    String young = rest.run(task, "{}").get("id").stringValue();
    String old = aged(rest.run(task, "{}").get("id").stringValue(), 3);
    assertThat(log(old).get("items")).isNotEmpty();
    JsonNode before = file(old);
    assertThat(before.get("gone").booleanValue()).isFalse();

    set("{\"executions\":\"P1D\",\"logs\":\"PT1H\",\"artifacts\":\"PT2H\"}");
    await().atMost(LONGEST).until(() -> log(old).has("removedAt"));
    assertThat(log(old).get("items")).isEmpty();
    JsonNode execution = rest.execution(old);
    assertThat(execution.get("logsRemovedAt")).isEqualTo(log(old).get("removedAt"));
    assertThat(execution.get("output").intValue()).isEqualTo(7);
    assertThat(rest.get("/executions/" + old + "/timeline").json().get("items")).isNotEmpty();
    Answer late =
        rest.post(
            "/logs", "{\"execution\":\"%s\",\"level\":\"INFO\",\"message\":\"x\"}".formatted(old));
    BadInputIT.assertProblem(late, 410, "GONE");

    assertThat(SERVICE.command("logs", old).err()).contains("Its log was removed at ");

    String hash = before.get("sha256").stringValue();
    await().atMost(LONGEST).until(() -> !stored("files", hash));
    assertThat(file(old).get("gone").booleanValue()).isTrue();
    assertThat(rest.get(before.at("/links/content").stringValue()).code()).isEqualTo("GONE");

    assertThat(log(young).get("items")).isNotEmpty();
    assertThat(log(young).has("removedAt")).isFalse();
    assertThat(rest.execution(young).get("logsRemovedAt").isNull()).isTrue();
    assertThat(rest.download(file(young).at("/links/content").stringValue(), Map.of()).status())
        .isEqualTo(200);

    JsonNode purges = rest.get(SETTINGS + "/purges").json().get("items");
    assertThat(purges.valueStream().mapToInt(one -> one.get("logs").intValue()).sum()).isPositive();
    assertThat(purges.valueStream().mapToInt(one -> one.get("artifacts").intValue()).sum())
        .isEqualTo(1);
    assertThat(purges)
        .allSatisfy(one -> {
          assertThat(one.get("keep").stringValue()).isEqualTo("P1D");
          assertThat(one.get("keepLogs").stringValue()).isEqualTo("PT1H");
          assertThat(one.get("keepArtifacts").stringValue()).isEqualTo("PT2H");
          assertThat(one.get("setBy").stringValue()).isNotEmpty();
        });

    String older = aged(old, 30);
    await().atMost(LONGEST).until(() -> rest.get("/executions/" + older).status() == 404);
    set("{\"executions\":\"P90D\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                              | 400 | FIELD_REQUIRED",
        "{'executions':null}                             | 400 | FIELD_REQUIRED",
        "{'executions':'P1D','logs':'P2D'}               | 400 | OUT_OF_RANGE",
        "{'executions':'P1D','artifacts':'P1DT1S'}       | 400 | OUT_OF_RANGE",
        "{'executions':'P1D','logs':'PT59M59.999S'}      | 400 | OUT_OF_RANGE",
        "{'executions':'P1D','logs':'-PT2H'}             | 400 | OUT_OF_RANGE",
        "{'executions':'P1D','logs':'P106751991167300D'} | 400 | OUT_OF_RANGE",
        "{'executions':'forever','logs':'P3651D'}        | 400 | OUT_OF_RANGE",
        "{'executions':'forever','logs':'forever'}       | 400 | INVALID_TIME",
        "{'executions':'P1D','artifacts':''}             | 400 | INVALID_TIME",
        "{'executions':'P1D','logs':'P1M'}               | 400 | INVALID_TIME",
        "{'executions':'P1D','logs':3600}                | 400 | INVALID_TYPE",
        "{'executions':'P1D','artifacts':['P1D']}        | 400 | INVALID_TYPE",
        "{'executions':'P1D','bundles':'P1D'}            | 400 | UNKNOWN_FIELD",
        "{'executions':'P1D','logs':'PT1H','logs':null}  | 400 | DUPLICATE_KEY",
      })
  void timesThatAreNoneAreRefused(String body, int status, String code) {
    JsonNode before = rest.get(SETTINGS).json();
    BadInputIT.assertProblem(put(body.replace('\'', '"')), status, code);
    assertThat(rest.get(SETTINGS).json()).isEqualTo(before);
  }

  private static byte[] zip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("main.py"));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private String upload(byte[] zip) {
    Answer answer = rest.send("POST", "/bundles", ZIP, zip);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("digest").stringValue();
  }

  private static String naming(String digest) {
    return "{\"name\":\"%s\",\"automated\":{\"runtime\":\"python\",\"bundle\":{\"entry\":\"main.py\",\"digest\":\"%s\"}}}"
        .formatted(Tasks.name("bundle"), digest);
  }

  @Test
  void bundlesThatNothingNamesGo() throws Exception {
    byte[] program = zip("def main(i):\n  return 1\n");
    String unused = upload(program);
    String used = upload(zip("def main(i):\n  return 2\n"));
    String fresh = upload(zip("def main(i):\n  return 3\n"));
    assertThat(rest.post("/tasks", naming(used)).status()).isEqualTo(201);
    sql(
        "update bundle set touched_at = touched_at - interval '2 days' where digest in ('%s', '%s')"
            .formatted(unused, used));
    await().atMost(LONGEST).until(() -> rest.get("/bundles/" + unused).status() == 404);
    await().atMost(LONGEST).until(() -> !stored("blobs", unused.substring("sha256:".length())));
    assertThat(rest.get("/bundles/" + used).status()).isEqualTo(200);
    assertThat(rest.get("/bundles/" + fresh).status()).isEqualTo(200);
    Answer missing = rest.post("/tasks", naming(unused));
    BadInputIT.assertProblem(missing, 422, "UNKNOWN_BUNDLE");
    assertThat(upload(program)).isEqualTo(unused);
    Answer made = rest.post("/tasks", naming(unused));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(rest.run(made.json().get("name").stringValue(), "{}").get("output").intValue())
        .isEqualTo(1);
    assertThat(rest.get(SETTINGS + "/purges").json().get("items"))
        .anySatisfy(one -> assertThat(one.get("bundles").intValue()).isEqualTo(1));
  }
}
