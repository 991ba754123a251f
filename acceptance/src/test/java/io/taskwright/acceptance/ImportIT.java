package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Catalogues that go out and come in as one archive: all of it, or nothing. */
final class ImportIT {
  private static final Map<String, String> ZIP = Map.of("Content-Type", "application/zip");

  private final Rest rest = Shared.rest();

  private static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> files(String... namesAndTexts) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private Answer bring(Rest to, Map<String, byte[]> files) {
    return to.send("POST", "/tasks/import", ZIP, zip(files));
  }

  private static String yaml(String name) {
    return "# a remark\nname: %s\nautomated: {runtime: javascript, source: 'function main() { return 1; }'}\n"
        .formatted(name);
  }

  private static List<String> changes(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("change").stringValue())
        .toList();
  }

  private static List<String> pointers(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    return answer
        .json()
        .get("errors")
        .valueStream()
        .map(error -> error.get("pointer").stringValue() + " " + error.get("keyword").stringValue())
        .toList();
  }

  @Test
  void takesAllOfThemAndAgainChangesNothing() {
    String one = Tasks.name("imported");
    String two = Tasks.name("imported");
    Map<String, byte[]> files = files("a/task.yaml", yaml(one), "b.yml", yaml(two));

    assertThat(changes(bring(rest, files))).containsExactly("created", "created");
    assertThat(changes(bring(rest, files))).containsExactly("unchanged", "unchanged");
    files.put("b.yml", (yaml(two) + "# more\n").getBytes(StandardCharsets.UTF_8));
    assertThat(changes(bring(rest, files))).containsExactly("unchanged", "revised");
    JsonNode revised = rest.get("/tasks/" + two).json();
    assertThat(revised.at("/origin/kind").stringValue()).isEqualTo("import");
    assertThat(revised.at("/source/file").stringValue()).isEqualTo("b.yml");
    assertThat(rest.get("/tasks/" + two + "/source").body()).endsWith("# more\n");
  }

  @Test
  void takesNoneIfOneIsWrongAndTellsAllThatIs() {
    String good = Tasks.name("imported");
    String archived = Tasks.define(rest, Tasks.of("javascript", "function main() {}"));
    rest.post("/tasks/" + archived + "/archive", "{}");
    Map<String, byte[]> files =
        files(
            "good.yaml",
            yaml(good),
            "twice.json",
            "{\"name\":\"" + good + "\",\"automated\":{\"runtime\":\"bash\",\"source\":\"x\"}}",
            "bad.yaml",
            "name: Bad Name\nautomated: {runtime: cobol, source: x}\n",
            "kind.yaml",
            "name: k\nsteps: []\nplan: {}\n",
            "tag.yaml",
            "!!javax.script.ScriptEngineManager [x]\n",
            "bomb.yaml",
            bomb(),
            "dup.json",
            "{\"name\":\"x\",\"name\":\"y\"}",
            "bundle.yaml",
            "name: b\nautomated: {runtime: python, bundle: {entry: m.py, digest: 'sha256:"
                + "0".repeat(64)
                + "'}}\n",
            "archived.yaml",
            yaml(archived),
            "README.md",
            "hello");

    List<String> pointers = pointers(bring(rest, files));

    assertThat(pointers)
        .contains(
            "twice.json#/name NAME_TAKEN",
            "bad.yaml#/name INVALID_NAME",
            "bad.yaml#/automated/runtime UNKNOWN_RUNTIME",
            "kind.yaml#/steps UNKNOWN_FIELD",
            "kind.yaml#/plan UNSUPPORTED",
            "dup.json# DUPLICATE_KEY",
            "bundle.yaml#/automated/bundle/digest UNKNOWN_BUNDLE",
            "archived.yaml#/name TASK_ARCHIVED",
            "README.md# UNKNOWN_FILE");
    assertThat(pointers).anyMatch(it -> it.startsWith("bomb.yaml#"));
    assertThat(rest.get("/tasks/" + good).status()).isEqualTo(404);
  }

  private static String bomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    return bomb.toString();
  }

  @Test
  void namesThatLookTheSameAreNotTaken() {
    String name = Tasks.name("look");
    List<String> pointers =
        pointers(
            bring(
                rest,
                files(
                    "one.yaml", yaml(name),
                    "upper.yaml", yaml(name.toUpperCase(java.util.Locale.ROOT)),
                    "cyrillic.yaml", yaml(name.replace('o', '\u043e')),
                    "composed.yaml", yaml("e\u0301" + name))));
    assertThat(pointers)
        .contains(
            "upper.yaml#/name INVALID_NAME",
            "upper.yaml#/name NAME_TAKEN",
            "cyrillic.yaml#/name INVALID_NAME",
            "composed.yaml#/name INVALID_NAME");
  }

  @Test
  void pathsThatLeadElsewhereAreRefused() {
    for (String path :
        List.of(
            "../x.yaml", "/etc/x.yaml", "a/../../x.yaml", "a\\x.yaml", "C:x.yaml", "CON.yaml")) {
      assertThat(pointers(bring(rest, files(path, yaml("x")))))
          .as(path)
          .anyMatch(it -> it.endsWith("INVALID_PATH"));
    }
    assertThat(pointers(bring(rest, files("a.yaml", yaml("x"), "A.yaml", yaml("y")))))
        .contains("A.yaml# DUPLICATE_FILE");
    assertThat(rest.get("/tasks/x").status()).isEqualTo(404);
  }

  @Test
  void archivesThatAreNoneOrTooMuchAreRefused() {
    assertThat(
            rest.send("POST", "/tasks/import", ZIP, "no zip".getBytes(StandardCharsets.UTF_8))
                .code())
        .isEqualTo("IMPORT_INVALID");
    assertThat(rest.send("POST", "/tasks/import", ZIP, new byte[0]).code())
        .isEqualTo("IMPORT_INVALID");
    assertThat(rest.post("/tasks/import", "{}").status()).isEqualTo(415);
    assertThat(pointers(bring(rest, files("taskwright.json", "{}"))))
        .contains("taskwright.json# format");
    assertThat(
            pointers(
                bring(
                    rest,
                    files(
                        "taskwright.json", "{\"format\":1,\"tasks\":[{\"file\":\"gone.yaml\"}]}"))))
        .contains("gone.yaml# MISSING_FILE");
    Map<String, byte[]> blown = files("x.yaml", yaml("x"));
    blown.put("y.yaml", new byte[5 << 20]);
    blown.put("bundles/sha256-" + "0".repeat(64) + ".zip", new byte[40 << 20]);
    assertThat(pointers(bring(rest, blown)))
        .contains("y.yaml# TOO_LARGE", "bundles/sha256-" + "0".repeat(64) + ".zip# TOO_LARGE");
    Map<String, byte[]> many = new TreeMap<>();
    for (int i = 0; i < 3_100; i++) {
      many.put("f" + i + ".yaml", new byte[0]);
    }
    assertThat(pointers(bring(rest, many))).contains("# TOO_LARGE");
    Map<String, byte[]> more = new TreeMap<>();
    for (int i = 0; i < 60_000; i++) {
      more.put("f" + i + ".yaml", new byte[0]);
    }
    Answer refused = bring(rest, more);
    assertThat(refused.code()).as(refused.body()).isEqualTo("IMPORT_INVALID");
    assertThat(refused.body()).contains("more than 3000 entries");
    Map<String, byte[]> forged = files("x.yaml", yaml("x"));
    forged.put("bundles/sha256-" + "1".repeat(64) + ".zip", "x".getBytes(StandardCharsets.UTF_8));
    assertThat(pointers(bring(rest, forged))).anyMatch(it -> it.endsWith("DIGEST"));
  }

  @Test
  void whatOneProjectExportsAnotherTakesWithItsPrograms() throws Exception {
    Rest from = project();
    Rest to = project();
    byte[] program = zip(files("main.py", "def main(input):\n    return 7\n"));
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
    from.send("POST", "/bundles", ZIP, program);
    String text =
        "name: packed\nautomated: {runtime: python, bundle: {entry: main.py, files: ['*.py']}} #\n";
    Answer made =
        from.call(
            "POST",
            "/tasks?file=packed/task.yaml&bundle=sha256:" + hash,
            Map.of("Content-Type", "application/yaml"),
            text);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    from.call("POST", "/tasks", Map.of("Content-Type", "application/yaml"), yaml("plain"));
    assertThat(to.get("/bundles/sha256:" + hash).status()).isEqualTo(404);

    byte[] archive = from.download("/tasks/export", Map.of()).body();
    Answer taken = to.send("POST", "/tasks/import", ZIP, archive);

    assertThat(changes(taken)).containsExactlyInAnyOrder("created", "created");
    assertThat(to.get("/tasks/packed/source").body()).isEqualTo(text);
    assertThat(to.download("/bundles/sha256:" + hash, Map.of()).body()).isEqualTo(program);
    assertThat(entries(to.download("/tasks/export", Map.of()).body())).isEqualTo(entries(archive));
    assertThat(entries(archive)).containsKeys("packed/task.yaml", "plain.yaml", "taskwright.json");
  }

  @Test
  void whatIsThereAlreadyGoesBackThoughWhatItNeedsIsGone() {
    Rest own = project();
    Rest other = project();
    String check = Tasks.define(own, Tasks.of("javascript", "function main() {}"));
    String checked = Tasks.name("checked");
    Map<String, byte[]> files =
        files("checked.yaml", yaml(checked) + "checks: [{task: {name: " + check + "}}]\n");
    assertThat(changes(bring(own, files))).containsExactly("created");
    own.post("/tasks/" + check + "/archive", "{}");
    byte[] archive = own.download("/tasks/export", Map.of()).body();

    assertThat(changes(own.send("POST", "/tasks/import", ZIP, archive)))
        .containsExactly("unchanged");
    assertThat(pointers(other.send("POST", "/tasks/import", ZIP, archive)))
        .containsExactly("checked.yaml#/checks/0/task/name UNKNOWN_TASK");
    files.computeIfPresent(
        "checked.yaml",
        (file, text) ->
            (new String(text, StandardCharsets.UTF_8) + "# more\n")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(pointers(bring(own, files)))
        .containsExactly("checked.yaml#/checks/0/task/name TASK_ARCHIVED");
  }

  private static Map<String, String> entries(byte[] zip) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), HexFormat.of().formatHex(in.readAllBytes()));
      }
    }
    return entries;
  }

  private Rest project() {
    JsonNode project =
        rest.post("/projects", "{\"name\":\"" + Tasks.name("transfer") + "\"}").json();
    return rest.as(project.at("/key/secret").stringValue());
  }
}
