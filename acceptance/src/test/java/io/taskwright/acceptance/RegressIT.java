package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What went wrong in other systems, tried on a whole installation; see known_attacks.md. */
class RegressIT {
  private final Rest rest = Shared.rest();

  @Test
  void regressR05RunsNothingOfADefinitionThatIsReadCheckedOrKept(@TempDir Path folder) {
    Path mark = folder.resolve("it-ran");
    Map<String, String> programs =
        Map.of(
            "python", "open('%s', 'w').close()\n",
            "bash", "touch '%s'\n",
            "node", "require('fs').writeFileSync('%s', '')\n",
            "javascript", "function main() { require('fs').writeFileSync('%s', ''); }\n",
            "java",
                "class Main { static { try {"
                    + " java.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\")); } catch"
                    + " (Exception e) {} } static Object main() { return 1; } }\n");
    programs.forEach((runtime, source) -> {
      ObjectNode definition = Tasks.of(runtime, source.formatted(mark));
      assertThat(
              rest.post("/tasks/validate", definition.toString())
                  .json()
                  .get("valid")
                  .booleanValue())
          .isTrue();
      String name = Tasks.define(rest, definition);
      assertThat(rest.get("/tasks/" + name).status()).isEqualTo(200);
      Answer changed =
          rest.call(
              "PUT",
              "/tasks/" + name,
              Map.of("Content-Type", "application/json", "If-Match", "\"1\""),
              definition.put("description", "again").toString());
      assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    });
    assertThat(mark).doesNotExist();
  }

  @Test
  void regressR36HasNoSecretOfTheServiceInAnyCommandLineOrEnvironment() throws IOException {
    Path data = Shared.installation().data();
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
      for (Path key : keys.filter(Files::isRegularFile).toList()) {
        secrets.add(Files.readString(key).strip());
      }
    }
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("run/server.properties"))) {
      settings.load(reader);
    }
    secrets.add(settings.getProperty("taskwright.database.password"));
    assertThat(secrets).hasSizeGreaterThan(2).allMatch(secret -> secret.length() > 15);
    for (String secret : secrets) {
      assertThat(HostProcesses.commandLines()).noneMatch(line -> line.contains(secret));
      assertThat(HostProcesses.environments()).noneMatch(all -> all.contains(secret));
    }
  }

  @Test
  void regressR50LetsAnExecutorThatEndsFinishWhatItRunsAndRunsNothingTwice() {
    try (Installation service = Installation.fresh()) {
      service.up("--split");
      Rest there = service.rest();
      String task =
          Tasks.define(
              there,
              Tasks.of(
                  "python",
                  """
                  import time
                  print("begun", flush=True)
                  time.sleep(12)  # longer than a worker may be silent
                  def main(input):
                      return "done"
                  """));
      String id = there.start(task, "{}");
      await().atMost(Duration.ofSeconds(30)).until(() -> begun(there, id) == 1);
      long before = service.pid("executor");
      ProcessHandle.of(before).orElseThrow().destroy();
      JsonNode execution = there.await(id, Duration.ofSeconds(90));
      assertThat(execution.get("status").stringValue())
          .as(execution.toString())
          .isEqualTo("COMPLETED");
      assertThat(execution.get("attempts")).hasSize(1);
      assertThat(begun(there, id)).isEqualTo(1);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> service.pid("executor") != before);
    }
  }

  private static long begun(Rest rest, String id) {
    return rest.get("/logs?execution=" + id)
        .json()
        .get("items")
        .valueStream()
        .filter(line -> line.get("message").stringValue().equals("begun"))
        .count();
  }
}
