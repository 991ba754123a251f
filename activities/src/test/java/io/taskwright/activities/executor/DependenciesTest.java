package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptFiles;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.Said;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.layer.LayerKey;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.Making;
import io.taskwright.sandbox.layer.PackageSettings;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.sandbox.offer.Choice;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an attempt comes by its packages; the installing programs have tests of their own. */
class DependenciesTest {
  private static final String ID = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
  private static final String LOCK = "{\"packages\":[{\"name\":\"a\"}]}";

  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private final FakeServiceApi api =
      new FakeServiceApi(new AttemptAnswer(State.OPENED, null, assignment()), new byte[0]);
  private final FakeSandbox sandbox = new FakeSandbox(this::behave);
  private boolean hangs;
  private byte[] pack = pack("lock", LOCK);
  private LayerStore layers;
  @TempDir Path folder;

  @BeforeEach
  void open() throws Exception {
    layers =
        LayerStore.open(folder.resolve("layers"), ByteSize.ofMebibytes(1), InstantSource.system());
  }

  @AfterEach
  void close() {
    temporal.close();
    layers.close();
  }

  private static Assignment assignment() {
    return new Assignment(
        ID,
        1,
        ID + ".token",
        TaskRuntime.JAVA,
        "Main.java",
        "x",
        null,
        "null",
        Map.of(),
        SecurityLevel.LOW,
        100,
        null,
        64 << 20,
        10 << 20,
        5_000,
        List.of(),
        AssignedSecrets.NONE,
        null,
        AttemptFiles.NONE,
        List.of("a:a:1"),
        null);
  }

  private CompletableFuture<RunEnd> behave(Program program, RunSink sink) {
    if (!program.name().startsWith("packages-")) {
      return FakeSandbox.returned("1");
    }
    sink.log(RunSink.Source.STDOUT, "Downloading a");
    if (hangs) {
      return new CompletableFuture<>();
    }
    Objects.requireNonNull(sink.output()).accept(pack);
    return FakeSandbox.returned("null");
  }

  private static byte[] pack(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (int i = 0; i < words.length; i += 2) {
        out.writeByte(1);
        out.writeShort(words[i].length());
        out.writeLong(words[i + 1].length());
        out.writeBytes(words[i]);
        out.write(words[i + 1].getBytes(StandardCharsets.UTF_8));
      }
      out.write(new byte[11]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void attempt(boolean enabled) throws Exception {
    PackageSettings usual = PackageSettings.DEFAULT;
    PackageSettings settings =
        new PackageSettings(enabled, usual.indexes(), usual.bounds(), usual.kept());
    temporal.registerActivitiesImplementations(
        new SandboxedAttempt(
            new SandboxedAttempt.Means(
                api,
                new BundleCache(1),
                new Dependencies(api, Packages.open(settings, folder.resolve("tools")), layers),
                new ExecutorFiles(folder.resolve("attempts")),
                (runtime, level) -> new Choice.Found(sandbox)),
            new SandboxedAttempt.Terms(
                "w1", EgressBounds.NONE, AttemptNotes.in(folder.resolve("notes"))),
            () -> "nonce-nonce-nonce-nonce",
            InstantSource.system()));
    temporal
        .newActivityStub(AttemptActivity.class)
        .attempt(new AttemptOrder(ID + ".grant", Duration.ofSeconds(5)));
  }

  private List<String> programs() {
    return sandbox.programs.stream().map(Program::name).toList();
  }

  private List<String> said() {
    return Stream.concat(
            api.reports.stream().map(ProgressReport::said), api.ends.stream().map(AttemptEnd::said))
        .flatMap(List::stream)
        .map(Said::message)
        .toList();
  }

  private Failure failure() {
    return Objects.requireNonNull(api.ends.getLast().failure());
  }

  @Test
  void theFirstAttemptInstallsThemAndLocksThem() throws Exception {
    pack = pack("lock", LOCK, "tree/a.jar", "jar");
    attempt(true);
    assertThat(programs()).containsExactly("packages-" + ID + "-1", ID + "-1");
    assertThat(api.lock.get()).isEqualTo(LOCK);
    Path layer = Objects.requireNonNull(sandbox.programs.getLast().layer());
    assertThat(layer.resolve("a.jar")).hasContent("jar");
    assertThat(sandbox.programs.getFirst().egress().toString()).isEqualTo("[repo1.maven.org:443]");
    assertThat(api.ends.getLast().output()).isEqualTo("1");
  }

  @Test
  void theNextOneUsesWhatIsHere() throws Exception {
    attempt(true);
    sandbox.programs.clear();
    api.ends.clear();
    temporal
        .newActivityStub(AttemptActivity.class)
        .attempt(new AttemptOrder(ID + ".grant", Duration.ofSeconds(5)));
    assertThat(programs()).containsExactly(ID + "-1");
    assertThat(said()).singleElement().asString().startsWith("packages: layer ");
  }

  @Test
  void whoIsSecondToLockThemInstallsByTheLockOfTheFirst() throws Exception {
    String other = LOCK.replace("\"a\"", "\"b\"");
    api.lockBefore(other, () -> pack = pack("lock", other));
    attempt(true);
    assertThat(programs())
        .containsExactly("packages-" + ID + "-1", "packages-" + ID + "-1", ID + "-1");
    assertThat(sandbox.programs.get(1).input()).contains("\"b\"");
    assertThat(api.lock.get()).isEqualTo(other);
  }

  @Test
  void whatCannotBeInstalledEndsTheAttempt() throws Exception {
    pack = pack("failure", "{\"kind\":\"unavailable\",\"message\":\"the index is away\"}");
    assertThatThrownBy(() -> attempt(true)).isInstanceOf(ActivityFailure.class);
    assertThat(failure().code()).isEqualTo(FailureCode.ENVIRONMENT);
    assertThat(failure().message()).contains("the index is away");
    assertThat(programs()).hasSize(1);
    assertThat(api.lock.get()).isNull();
  }

  @Test
  void aPackThatIsNotWholeIsNoLayer() throws Exception {
    pack = new byte[] {1, 0};
    assertThatThrownBy(() -> attempt(true)).isInstanceOf(ActivityFailure.class);
    assertThat(failure().message()).contains("did not arrive whole");
    assertThat(api.lock.get()).isNull();
  }

  @Test
  void anExecutorMayHaveThemSwitchedOff() throws Exception {
    assertThatThrownBy(() -> attempt(false)).isInstanceOf(ActivityFailure.class);
    assertThat(failure().message()).contains("taskwright.executor.dependencies.enabled");
    assertThat(programs()).isEmpty();
  }

  @Test
  void waitsForWhoeverGetsTheSameOnes() throws Exception {
    pack = pack("lock", LOCK, "tree/a.jar", "jar");
    String asked = LayerKey.of(TaskRuntime.JAVA.word(), List.of("a:a:1"), "");
    try (Making other = layers.make(asked).orElseThrow()) {
      temporal.requestCancelActivity();
      assertThatThrownBy(() -> attempt(true)).isNotNull();
      assertThat(programs()).isEmpty();
      assertThat(said()).anyMatch(line -> line.contains("another attempt on this host"));
      assertThat(other).isNotNull();
    }
  }

  @Test
  void isStoppedWhileItInstalls() {
    hangs = true;
    temporal.requestCancelActivity();
    assertThatThrownBy(() -> attempt(true)).isNotNull();
    assertThat(sandbox.stopped).containsExactly("stop");
    assertThat(api.lock.get()).isNull();
  }

  @Test
  void isGivenUpWhenAnotherAttemptHasTakenOver() throws Exception {
    hangs = true;
    api.fenced = true;
    attempt(true);
    assertThat(sandbox.stopped).containsExactly("close");
    assertThat(api.ends).isEmpty();
  }
}
