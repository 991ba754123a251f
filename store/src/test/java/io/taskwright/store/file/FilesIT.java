package io.taskwright.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Route;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.store.Ids;
import io.taskwright.store.StoreTestApplication;
import io.taskwright.store.blob.BlobStore;
import io.taskwright.store.blob.BlobStores;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.blob.Spooled;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.Conclusions;
import io.taskwright.store.execution.Dispatch;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.retention.Retention;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of executions: kept once, shown when they count, removed when nothing needs them. */
@SpringBootTest(classes = StoreTestApplication.class)
class FilesIT {
  private static final Project MINE = Project.DEFAULT;
  private static final Duration NO_GRACE = Duration.ofSeconds(-1);
  private static final OutputFiles ASKED =
      new OutputFiles(List.of(new FilePattern("*")), 2, new ByteSize(100));

  @Autowired Intake intake;
  @Autowired Dispatch dispatch;
  @Autowired Admissions admissions;
  @Autowired Attempts attempts;
  @Autowired Conclusions conclusions;
  @Autowired Events events;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder = Path.of("");

  private Blobs blobs;
  private Artifacts artifacts;
  private InputFiles inputs;

  @BeforeEach
  void open() {
    BlobStore store = BlobStores.folder(folder.resolve("blobs"));
    blobs = new Blobs(jdbc, transaction, store, folder.resolve("incoming"));
    artifacts = new Artifacts(jdbc, blobs, events, Duration.ofDays(1));
    inputs = new InputFiles(jdbc, blobs, Duration.ofDays(1));
    jdbc.sql("delete from artifact").update();
    jdbc.sql("delete from input_file").update();
    jdbc.sql("delete from blob").update();
  }

  private ExecutionId running(List<InputFile> files) {
    ExecutionId id = new ExecutionId(Ids.next());
    intake.accept(
        new NewExecution(
            id,
            MINE,
            new TaskId(Ids.next()),
            "t",
            1,
            "files",
            3,
            "{}",
            Map.of(),
            Origin.start(new Actor(Actor.Kind.KEY, "ada")),
            null,
            Duration.ofHours(1),
            null,
            false,
            files,
            CacheUse.USE));
    dispatch.claim(Map.of("files", 1000), 1000, Duration.ofSeconds(30));
    admissions.admit(ExecutionToken.fresh(id), new Route(Method.CONTAINER, "files", "because"));
    return id;
  }

  private Open open(ExecutionId id) {
    ExecutionToken token = ExecutionToken.fresh(id);
    attempts.open(token, RetryPolicy.DEFAULT, ResourceRequirements.DEFAULT, "w");
    return attempts.find(token).orElseThrow();
  }

  private Spooled bytes(String text) throws IOException {
    return blobs.receive(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1000);
  }

  private Handing hand(Open attempt, String path, String text) throws IOException {
    try (Spooled spooled = bytes(text)) {
      return artifacts.hand(attempt, path, "text/plain", spooled, ASKED);
    }
  }

  private void end(Open attempt) {
    attempts.end(attempt, 1, List.of(), new Attempts.End("null", null, null, "x"));
    conclusions.complete(attempt.execution());
  }

  private List<String> shown(ExecutionId id) {
    return artifacts.list(MINE, id).stream().map(Artifact::path).toList();
  }

  private String read(Artifact artifact) throws IOException {
    try (InputStream in = artifacts.open(artifact, 0).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private long stored() throws IOException {
    try (Stream<Path> paths = Files.walk(folder.resolve("blobs"))) {
      return paths.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void showsTheFilesOfTheAttemptThatGaveTheOutputAlone() throws IOException {
    ExecutionId id = running(List.of());
    Open first = open(id);
    hand(first, "half.txt", "half");
    Open second = open(id);
    assertThat(hand(first, "late.txt", "late")).isEqualTo(Handing.OVER);
    assertThat(hand(second, "b.txt", "bb")).isEqualTo(Handing.KEPT);
    assertThat(hand(second, "a.txt", "aa")).isEqualTo(Handing.KEPT);
    assertThat(shown(id)).isEmpty();
    end(second);
    assertThat(shown(id)).containsExactly("a.txt", "b.txt");
    Artifact found = artifacts.list(MINE, id).getFirst();
    assertThat(read(found)).isEqualTo("aa");
    assertThat(artifacts.find(MINE, id, found.id())).contains(found);
    assertThat(artifacts.list(new Project("other"), id)).isEmpty();
    assertThat(artifacts.find(new Project("other"), id, found.id())).isEmpty();
    assertThat(artifacts.forgetLost()).isEqualTo(1);
    assertThat(artifacts.forgetLost()).isZero();
    assertThat(shown(id)).hasSize(2);
    blobs.sweep(NO_GRACE, 100);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void takesTheSameAgainAndHoldsTheBounds() throws IOException {
    Open attempt = open(running(List.of()));
    assertThat(hand(attempt, "a", "1")).isEqualTo(Handing.KEPT);
    assertThat(hand(attempt, "a", "1")).isEqualTo(Handing.KEPT);
    assertThat(hand(attempt, "a", "2")).isEqualTo(Handing.CONFLICT);
    assertThat(hand(attempt, "b", "x".repeat(100))).isEqualTo(Handing.TOO_LARGE);
    assertThat(hand(attempt, "b", "x".repeat(99))).isEqualTo(Handing.KEPT);
    assertThat(hand(attempt, "c", "")).isEqualTo(Handing.TOO_MANY);
  }

  @Test
  void letsGoOfFilesWhoseTimeIsOverAndSaysSo() throws IOException {
    ExecutionId id = running(List.of());
    Open attempt = open(id);
    hand(attempt, "a", "1");
    end(attempt);
    blobs.sweep(NO_GRACE, 100);
    assertThat(stored()).isEqualTo(1);
    jdbc.sql("update artifact set expires_at = now() - interval '1 second'").update();
    Artifact gone = artifacts.list(MINE, id).getFirst();
    assertThat(gone.gone()).isTrue();
    assertThat(artifacts.open(gone, 0)).isEmpty();
    assertThat(artifacts.expire(10)).isEqualTo(1);
    assertThat(artifacts.expire(10)).isZero();
    assertThat(blobs.sweep(Duration.ofHours(1), 100)).as("touched just now").isZero();
    assertThat(blobs.sweep(NO_GRACE, 100)).isEqualTo(1);
    assertThat(stored()).isZero();
    assertThat(shown(id)).containsExactly("a");
    assertThat(
            events.log(MINE, new Events.LogFilter(id, null, List.of(), null, null, "", null), 10))
        .anySatisfy(line -> assertThat(line.event().message()).contains("1 files are removed"));
  }

  @Test
  void keepsFilesForAsLongAsTheirProjectSays() throws IOException {
    ExecutionId id = running(List.of());
    Open attempt = open(id);
    hand(attempt, "a", "1");
    end(attempt);
    Retention retention = new Retention(jdbc, Optional.empty());
    jdbc.sql("update artifact set expires_at = now() - interval '1 second'").update();
    try {
      retention.set(
          MINE, Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(2)), "ada");
      Artifact kept = artifacts.list(MINE, id).getFirst();
      assertThat(kept.gone()).isFalse();
      assertThat(kept.expiresAt())
          .isBetween(
              Instant.now().plus(Duration.ofHours(47)), Instant.now().plus(Duration.ofHours(49)));
      assertThat(artifacts.expire(10)).isZero();
    } finally {
      jdbc.sql("delete from retention").update();
    }
    Artifact kept = artifacts.list(MINE, id).getFirst();
    assertThat(kept.gone()).as("what was promised holds").isFalse();
  }

  @Test
  void losesNoFileOfAnExecutionThatGoesOn() throws IOException {
    ExecutionId id = running(List.of());
    Open attempt = open(id);
    hand(attempt, "a", "1");
    attempts.end(attempt, 1, List.of(), new Attempts.End("null", null, null, "x"));
    jdbc.sql("update artifact set expires_at = now() - interval '1 second'").update();
    assertThat(artifacts.list(MINE, id).getFirst().gone()).isFalse();
    assertThat(artifacts.expire(10)).isZero();
    assertThat(artifacts.list(MINE, id).getFirst().gone()).isFalse();
  }

  @Test
  void showsAProjectOnlyWhatItUploadedItself() throws IOException {
    String sha256;
    try (Spooled spooled = bytes("data")) {
      sha256 = spooled.sha256();
      inputs.add(MINE, spooled, "ada");
    }
    assertThat(inputs.use(MINE, List.of(sha256, "0".repeat(64))))
        .containsExactly(Map.entry(sha256, 4L));
    assertThat(inputs.use(new Project("other"), List.of(sha256))).isEmpty();
    ExecutionId with = running(List.of(new InputFile("data.csv", sha256, 4)));
    ExecutionId without = running(List.of());
    assertThat(inputs.open(without, sha256)).isEmpty();
    try (InputStream in = inputs.open(with, sha256).orElseThrow()) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("data");
    }
    assertThat(admissions.find(with).orElseThrow().files())
        .containsExactly(new InputFile("data.csv", sha256, 4));
    jdbc.sql("update input_file set expires_at = now() - interval '1 second'").update();
    assertThat(inputs.expire()).as("an execution needs it").isZero();
    end(open(with));
    assertThat(inputs.expire()).isEqualTo(1);
    assertThat(inputs.use(MINE, List.of(sha256))).isEmpty();
  }

  @Test
  void neverLosesBytesThatAreKeptWhileOthersAreRemoved() throws Exception {
    ExecutionId id = running(List.of());
    Open attempt = open(id);
    OutputFiles many = new OutputFiles(ASKED.patterns(), 1000, new ByteSize(100_000));
    AtomicBoolean through = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> sweeper =
          threads.submit(() -> {
            while (!through.get()) {
              blobs.sweep(NO_GRACE, 100);
            }
          });
      try {
        for (int i = 0; i < 60; i++) {
          try (Spooled spooled = bytes("same " + i % 3)) {
            artifacts.hand(attempt, "f" + i, "text/plain", spooled, many);
          } catch (IOException e) {
            assertThat(e).hasMessageContaining("again and again"); // swept without any grace
          }
          if (i % 7 == 0) {
            jdbc.sql("delete from artifact where execution_id = ?").param(id.value()).update();
          }
        }
      } finally {
        through.set(true);
      }
      sweeper.get();
    }
    end(attempt);
    for (Artifact artifact : artifacts.list(MINE, id)) {
      assertThat(read(artifact)).startsWith("same ");
    }
  }

  @Test
  void keepsNothingOfWhatIsTooLong() {
    assertThatThrownBy(() -> bytes("x".repeat(1001))).isInstanceOf(Spooled.TooMuchException.class);
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }
}
