package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import io.taskwright.testkit.Rest.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of files when parts are killed, when the service is restarted, and when time goes
 * by.
 */
class ArtifactsSurvivalIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int COUNT = 12;

  private static long kept(Installation service) throws IOException {
    Path files = service.data().resolve("files");
    if (!Files.exists(files)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(files)) {
      return all.filter(Files::isRegularFile).filter(f -> f.toString().length() > 64).count();
    }
  }

  @Test
  void comeOnceAndStayAsLongAsTheyShould() throws Exception {
    try (Installation service = Installation.fresh().up("--split")) {
      JsonNode killed = executorIsKilledWhileItHandsIn(service);
      service.down();
      service.up(
          Map.of(
              "TASKWRIGHT_ARTIFACTS_RETENTION", "PT3S",
              "TASKWRIGHT_ARTIFACTS_GRACE", "PT1S",
              "TASKWRIGHT_ARTIFACTS_SWEEPEVERY", "PT1S"),
          "--split");
      assertWhole(service.rest(), killed);
      filesGoWhenTheirTimeIsOver(service);
      assertWhole(service.rest(), killed);
    }
  }

  /** Each attempt makes other bytes, so that files of two attempts would show. */
  private static JsonNode executorIsKilledWhileItHandsIn(Installation service) throws Exception {
    Rest rest = service.rest();
    String task =
        Tasks.define(
            rest,
            ArtifactsIT.leaving(
                Tasks.of(
                    "bash",
                    "for i in $(seq "
                        + COUNT
                        + "); do { echo \"attempt $TASK_ATTEMPT file $i\";"
                        + " head -c 6M /dev/urandom; } >part-$i.bin; done"),
                "*.bin"));
    long executor = service.pid("executor"); // asking takes longer than handing in
    String id = rest.start(task, "{}");
    await().atMost(LONGEST).pollInterval(Duration.ofMillis(5)).until(() -> kept(service) > 0);
    Installation.kill(executor);
    JsonNode execution = rest.await(id, LONGEST);
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(
            execution
                .get("attempts")
                .valueStream()
                .map(attempt -> attempt.at("/failure/code").asString("")))
        .containsExactly("WORKER_LOST", "");
    assertWhole(rest, execution);
    return execution;
  }

  private static void assertWhole(Rest rest, JsonNode execution) throws Exception {
    List<JsonNode> artifacts = ArtifactsIT.artifacts(rest, execution);
    assertThat(artifacts).hasSize(COUNT);
    for (JsonNode artifact : artifacts) {
      Download content = ArtifactsIT.content(rest, artifact, Map.of());
      assertThat(ArtifactsIT.sha256(content.body()))
          .isEqualTo(artifact.get("sha256").stringValue());
      assertThat(new String(content.body(), 0, 9, java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("attempt 2");
    }
  }

  private static void filesGoWhenTheirTimeIsOver(Installation service) throws Exception {
    Rest rest = service.rest();
    await()
        .atMost(LONGEST)
        .until(() -> kept(service) == COUNT); // those of the lost attempt are gone
    JsonNode execution =
        rest.run(
            Tasks.define(rest, ArtifactsIT.leaving(Tasks.of("bash", "echo x >a.txt"), "*.txt")),
            "{}");
    String id = execution.get("id").stringValue();
    String path = "/executions/" + id + "/artifacts";
    String content = path + "/" + rest.get(path).json().at("/items/0/id").stringValue();
    await().atMost(LONGEST).until(() -> rest.get(path).json().at("/items/0/gone").booleanValue());
    Answer gone = rest.get(content);
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.code()).isEqualTo("GONE");
    await().atMost(LONGEST).until(() -> kept(service) == COUNT);
    await()
        .atMost(LONGEST)
        .until(() -> rest.get("/logs?execution=" + id).body().contains("are removed now"));
  }
}
