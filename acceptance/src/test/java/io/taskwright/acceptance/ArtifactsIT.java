package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Checkout.Result;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import io.taskwright.testkit.Rest.Download;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files that are given to executions and that they leave, from one end to the other. */
class ArtifactsIT {
  private static final Map<String, String> BYTES =
      Map.of("Content-Type", "application/octet-stream");

  private final Installation installation = Shared.installation();
  private final Rest rest = installation.rest();
  @TempDir Path folder = Path.of("");

  static ObjectNode leaving(ObjectNode definition, String... patterns) {
    ArrayNode files = definition.withObject("/automated").putArray("outputFiles");
    List.of(patterns).forEach(files::add);
    return definition;
  }

  static List<JsonNode> artifacts(Rest rest, JsonNode execution) {
    Answer answer = rest.get("/executions/" + execution.get("id").stringValue() + "/artifacts");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("items").valueStream().toList();
  }

  static Download content(Rest rest, JsonNode artifact, Map<String, String> headers) {
    return rest.download(artifact.at("/links/content").stringValue(), headers);
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private JsonNode run(ObjectNode definition) {
    return rest.run(Tasks.define(rest, definition), "{}");
  }

  private String upload(Rest who, byte[] bytes) {
    Answer answer = who.send("POST", "/files", BYTES, bytes);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().get("size").asLong()).isEqualTo(bytes.length);
    return answer.json().get("sha256").stringValue();
  }

  private Answer start(String task, String path, String sha256) {
    return rest.post(
        "/tasks/" + task + "/executions",
        Map.of("Prefer", "wait=60"),
        "{\"files\":{\"" + path + "\":\"" + sha256 + "\"}}");
  }

  private static void assertNothingLeft(Installation where) throws IOException {
    for (String name : List.of("attempts", "incoming")) {
      Path left = where.data().resolve(name);
      if (Files.exists(left)) {
        try (Stream<Path> files = Files.walk(left)) {
          assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
      }
    }
  }

  @Test
  void giveBackTheBytesThatWereGiven() throws Exception {
    byte[] bytes = new byte[2_500_000];
    new Random(3).nextBytes(bytes);
    String sha256 = upload(rest, bytes);
    assertThat(sha256).isEqualTo(sha256(bytes));
    String task =
        Tasks.define(
            rest,
            leaving(
                Tasks.of(
                    "bash",
                    "mkdir out; cat in/data.bin in/data.bin >'out/größe 1.bin'; echo '<b>'"
                        + " >x.html"),
                "out/*",
                "*.html"));
    JsonNode execution = start(task, "in/data.bin", sha256).json();
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.at("/files/0/path").stringValue()).isEqualTo("in/data.bin");
    assertThat(execution.at("/route/reason").stringValue()).contains("files");

    List<JsonNode> artifacts = artifacts(rest, execution);
    assertThat(artifacts).hasSize(2);
    JsonNode large = artifacts.getFirst();
    assertThat(large.get("path").stringValue()).isEqualTo("out/größe 1.bin");
    Download whole = content(rest, large, Map.of());
    assertThat(whole.status()).isEqualTo(200);
    byte[] twice = new byte[bytes.length * 2];
    System.arraycopy(bytes, 0, twice, 0, bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    assertThat(whole.body()).isEqualTo(twice);
    assertThat(whole.headers())
        .containsEntry("etag", "\"" + sha256(twice) + "\"")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("accept-ranges", "bytes");
    assertThat(whole.headers().get("content-disposition"))
        .startsWith("attachment")
        .contains("filename*=UTF-8''gr%C3%B6%C3%9Fe%201.bin");

    String tag = whole.headers().get("etag");
    assertThat(content(rest, large, Map.of("If-None-Match", tag)).status()).isEqualTo(304);
    Download part = content(rest, large, Map.of("Range", "bytes=2500000-2500009"));
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).hasSize(10).startsWith(bytes[0]);
    assertThat(part.headers()).containsEntry("content-range", "bytes 2500000-2500009/5000000");
    assertThat(content(rest, large, Map.of("Range", "bytes=5000000-")).status()).isEqualTo(416);

    Download page = content(rest, artifacts.getLast(), Map.of());
    assertThat(page.headers()).containsEntry("content-type", "text/html");
    assertThat(page.headers().get("content-security-policy")).startsWith("sandbox");
    assertThat(page.headers().get("content-disposition")).startsWith("attachment");
    assertNothingLeft(installation);
  }

  @Test
  void areNobodyElsesBusiness() {
    String project = Tasks.name("files");
    JsonNode made = rest.post("/projects", "{\"name\":\"" + project + "\"}").json();
    Rest other = rest.as(made.at("/key/secret").stringValue());
    JsonNode execution = run(leaving(Tasks.of("bash", "echo x >a.txt"), "a.txt"));
    String id = execution.get("id").stringValue();
    String artifact = artifacts(rest, execution).getFirst().at("/links/content").stringValue();
    assertThat(rest.get(artifact).status()).isEqualTo(200);
    assertThat(other.get("/executions/" + id + "/artifacts").status()).isEqualTo(404);
    assertThat(other.get(artifact).status()).isEqualTo(404);
    assertThat(rest.get("/executions/" + id + "/artifacts/nothing").status()).isEqualTo(404);

    String theirs = upload(other, "theirs".getBytes(StandardCharsets.UTF_8));
    String task = Tasks.define(rest, Tasks.of("bash", "cat theirs"));
    Answer refused = start(task, "theirs", theirs);
    Answer unknown = start(task, "theirs", "0".repeat(64));
    for (Answer answer : List.of(refused, unknown)) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(422);
      assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/files/theirs");
      assertThat(answer.json().at("/errors/0/keyword").stringValue()).isEqualTo("UNKNOWN_FILE");
    }
    assertThat(refused.json().at("/errors/0/message"))
        .isEqualTo(unknown.json().at("/errors/0/message"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/x",
        "a/../../b",
        "a\\u0000b",
        "CON",
        "a\\nb",
        "-rf",
        "main.sh",
        ".task/x",
        "a\\u202eb"
      })
  void areNotGivenUnderOddNames(String path) {
    String task = Tasks.define(rest, Tasks.of("bash", "true"));
    Answer answer = start(task, path, upload(rest, new byte[] {1}));
    assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
    assertThat(answer.status()).isIn(400, 422);
  }

  @Test
  void areNoLargerThanTheDiskOrTheLimit() {
    String task =
        Tasks.define(
            rest,
            Tasks.withConfig(Tasks.of("bash", "true"), "{'resourceRequirements':{'disk':'1Mi'}}"));
    Answer answer = start(task, "big", upload(rest, new byte[(1 << 20) + 1]));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("resourceRequirements.disk");
    Answer tooLarge = rest.send("POST", "/files", BYTES, new byte[(256 << 20) + 1]);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(rest.post("/files", "{}").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ln -s /etc/passwd out.txt | out.txt | symbolic link
          echo x >a; ln a out.txt | out.txt | hard link
          mkfifo out.txt | out.txt | no regular file
          truncate -s 1T out.txt | out.txt | larger than
          head -c 3M /dev/zero >out.txt | out.txt | larger than the 2Mi
          for i in $(seq 9); do : >out-$i.txt; done | out- | the 5 files
          """)
  void areRefusedWhenTheyAreNoPlainFiles(String script, String path, String reason)
      throws IOException {
    ObjectNode definition = leaving(Tasks.of("bash", script), "out*.txt");
    definition
        .withObject("/automated")
        .set("outputFileLimits", Tasks.json("{'count':5,'size':'2Mi'}"));
    String passwd = Files.readString(Path.of("/etc/passwd"));
    JsonNode execution = run(definition);
    assertThat(execution.get("status").stringValue()).isEqualTo("FAILED");
    assertThat(execution.at("/failure/code").stringValue())
        .as(execution.toString())
        .isEqualTo("ARTIFACT_REJECTED");
    assertThat(execution.at("/failure/message").stringValue()).contains(reason);
    assertThat(execution.at("/failure/details/path").stringValue()).contains(path);
    assertThat(execution.get("attempts")).hasSize(1);
    assertThat(artifacts(rest, execution)).isEmpty();
    assertThat(Files.readString(Path.of("/etc/passwd"))).isEqualTo(passwd);
    assertNothingLeft(installation);
  }

  @Test
  void sendSmallJavascriptIntoASandbox() {
    ObjectNode definition =
        leaving(
            Tasks.of(
                "javascript",
                "import {writeFileSync} from 'node:fs';"
                    + "export function main() { writeFileSync('a.txt', 'x'); return 1; }"),
            "*.txt");
    JsonNode execution = run(definition);
    assertThat(execution.at("/route/method").stringValue()).isEqualTo("CONTAINER");
    assertThat(execution.at("/route/reason").stringValue()).contains("files");
  }

  @Test
  void goThroughTheCommandLine() throws IOException {
    Path example = Checkout.root().resolve("examples");
    Result ran =
        installation.command(
            "run",
            example.resolve("airport-report").toString(),
            "--file",
            "airports.csv=" + example.resolve("csv-profile/airports.csv"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("\"airports\"").contains("3376");
    String id = ran.err().lines().filter(l -> l.startsWith("execution ")).findFirst().orElseThrow();
    id = id.substring("execution ".length());
    Result listed = installation.command("get", "artifacts", id);
    assertThat(listed.out()).contains("report.html", "tables/by-state.csv", "text/csv");
    Result brought = installation.command("artifacts", id, "tables/*", "--to", folder.toString());
    assertThat(brought.code()).as(brought.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("tables/by-state.csv")))
        .startsWith("state,airports", "AK,263");
    assertThat(folder.resolve("report.html")).doesNotExist();
    assertThat(installation.command("artifacts", id, "--to", folder.toString()).code())
        .isEqualTo(2);
    assertThat(installation.command("artifacts", id, "--to", folder.toString(), "--force").code())
        .isZero();
    assertThat(folder.resolve("report.html")).content().contains("<table>");
  }
}
