package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.AttemptFiles;
import io.taskwright.model.protocol.Said;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunFiles;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.PackageSettings;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.sandbox.offer.Choice;
import io.taskwright.workflows.contract.AttemptActivity;
import io.taskwright.workflows.contract.AttemptOrder;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxedAttemptTest {
  private static final String ID = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
  private static final AttemptOrder ORDER = new AttemptOrder(ID + ".grant", Duration.ofSeconds(5));

  @TempDir Path notes;
  private EgressBounds bounds = EgressBounds.NONE;
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  @TempDir Path folder;
  private @Nullable LayerStore layers;

  @AfterEach
  void stop() {
    temporal.close();
    if (layers != null) {
      layers.close();
    }
  }

  private static Assignment assignment(@Nullable String bundle, SecurityLevel level) {
    return assignment(bundle, level, AttemptFiles.NONE);
  }

  private static Assignment assignment(
      @Nullable String bundle, SecurityLevel level, AttemptFiles files) {
    return new Assignment(
        ID,
        1,
        ID + ".token",
        TaskRuntime.PYTHON,
        "main.py",
        bundle == null ? "print()" : null,
        bundle,
        "{\"n\":1}",
        Map.of("TASK_ID", ID),
        level,
        100,
        null,
        64 << 20,
        10 << 20,
        5_000,
        List.of("x.example:443"),
        AssignedSecrets.NONE,
        null,
        files,
        List.of(),
        null);
  }

  private static FakeServiceApi service(@Nullable String bundle) {
    return new FakeServiceApi(
        new AttemptAnswer(State.OPENED, null, assignment(bundle, SecurityLevel.LOW)), new byte[0]);
  }

  private void attempt(ServiceApi api, @Nullable Sandbox sandbox) {
    temporal.registerActivitiesImplementations(
        new SandboxedAttempt(
            new SandboxedAttempt.Means(
                api,
                new BundleCache(1 << 20),
                dependencies(api),
                new ExecutorFiles(folder.resolve("attempts")),
                (runtime, level) ->
                    sandbox == null
                        ? new Choice.None("bubblewrap: user namespaces are off")
                        : new Choice.Found(sandbox)),
            new SandboxedAttempt.Terms("w1", bounds, AttemptNotes.in(notes)),
            () -> "nonce-nonce-nonce-nonce",
            InstantSource.system()));
    temporal.newActivityStub(AttemptActivity.class).attempt(ORDER);
  }

  private Dependencies dependencies(ServiceApi api) {
    try {
      layers =
          LayerStore.open(
              folder.resolve("layers"), ByteSize.ofMebibytes(1), InstantSource.system());
      return new Dependencies(
          api, Packages.open(PackageSettings.DEFAULT, folder.resolve("tools")), layers);
    } catch (EnvironmentException e) {
      throw new AssertionError(e);
    }
  }

  private static FailureCode code(Throwable thrown) {
    ApplicationFailure cause = (ApplicationFailure) ((ActivityFailure) thrown).getCause();
    return FailureCode.valueOf(cause.getType());
  }

  @Test
  void runsWhatItIsAssignedAndReportsTheOutput() {
    FakeServiceApi api = service(null);
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          sink.log(RunSink.Source.STDOUT, "hello");
          sink.log(RunSink.Source.STDERR, "careful");
          sink.progress(0.5, "half");
          return FakeSandbox.returned("{\"ok\":true}");
        });
    attempt(api, sandbox);
    assertThat(api.opened)
        .singleElement()
        .satisfies(open -> {
          assertThat(open.grant()).isEqualTo(ORDER.grant());
          assertThat(open.worker()).isEqualTo("w1");
        });
    Program program = sandbox.programs.getFirst();
    assertThat(program.name()).isEqualTo(ID + "-1");
    assertThat(program.input()).isEqualTo("{\"n\":1}");
    assertThat(program.files()).singleElement().matches(file -> file.path().equals("main.py"));
    Limits limits = sandbox.limits.getFirst();
    assertThat(limits.memory()).isEqualTo(ByteSize.ofMebibytes(64));
    assertThat(limits.wall()).isEqualTo(Duration.ofSeconds(5));
    assertThat(limits.cpuQuota()).isNull();
    assertThat(api.ends)
        .singleElement()
        .satisfies(end -> {
          assertThat(end.output()).isEqualTo("{\"ok\":true}");
          assertThat(end.environment()).isEqualTo("fake/env-" + ID + "-1");
        });
    List<Said> said =
        java.util.stream.Stream.concat(
                api.reports.stream().flatMap(report -> report.said().stream()),
                api.ends.getFirst().said().stream())
            .toList();
    assertThat(said).extracting(Said::message).containsExactly("hello", "careful", "half");
    assertThat(said).extracting(Said::level).containsExactly("INFO", "WARN", null);
  }

  @Test
  void makesTheShareAHardBoundAtTheHighestLevel() {
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.OPENED, null, assignment(null, SecurityLevel.HIGH)),
            new byte[0]);
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    attempt(api, sandbox);
    assertThat(sandbox.limits.getFirst().cpuQuota()).isEqualTo(new Cpu(100));
  }

  @Test
  void failsWithTheCodeOfTheFailure() {
    FakeServiceApi api = service(null);
    Failure boom = Failure.of(FailureCode.CODE_ERROR, "boom, with the user's data");
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) ->
            CompletableFuture.completedFuture(new RunEnd.Failed(boom, Usage.NONE)));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> {
          assertThat(code(thrown)).isEqualTo(FailureCode.CODE_ERROR);
          assertThat(thrown.getCause()).hasMessageNotContaining("user's data");
        });
    assertThat(api.ends).singleElement().matches(end -> boom.equals(end.failure()));
  }

  @Test
  void runsNothingWithoutASandboxAndSaysWhy() {
    FakeServiceApi api = service(null);
    assertThatThrownBy(() -> attempt(api, null))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
    assertThat(api.ends.getFirst().failure())
        .isNotNull()
        .matches(failure -> failure.message().contains("user namespaces are off"));
  }

  @ParameterizedTest
  @EnumSource(names = {"DONE", "OVER"})
  void runsNothingThatIsDoneOrOver(State state) {
    FakeServiceApi api = new FakeServiceApi(new AttemptAnswer(state, null, null), new byte[0]);
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatCode(() -> attempt(api, sandbox)).doesNotThrowAnyException();
    assertThat(sandbox.programs).isEmpty();
    assertThat(api.ends).isEmpty();
  }

  @Test
  void failsForGoodWhenNoAttemptIsLeft() {
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.EXHAUSTED, FailureCode.WORKER_LOST, null), new byte[0]);
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> {
          assertThat(code(thrown)).isEqualTo(FailureCode.WORKER_LOST);
          assertThat(((ApplicationFailure) thrown.getCause()).isNonRetryable()).isTrue();
        });
  }

  @Test
  void waitsForAServiceThatIsAway() {
    FakeServiceApi api = service(null);
    api.away.set(2);
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          sink.log(RunSink.Source.STDOUT, "kept");
          api.away.set(2);
          return FakeSandbox.returned("1");
        });
    attempt(api, sandbox);
    assertThat(sandbox.programs).hasSize(1);
    assertThat(api.ends).hasSize(1);
  }

  @Test
  void waitsForNobodyWhenTemporalCancelsIt() {
    FakeServiceApi api = service(null);
    api.away.set(Integer.MAX_VALUE);
    temporal.requestCancelActivity();
    assertThatThrownBy(() -> attempt(api, null)).isNotNull();
    assertThat(api.opened).isEmpty();
  }

  @Test
  void killsTheRunThatAnotherAttemptFencedOff() {
    FakeServiceApi api = service(null);
    api.fenced = true;
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          sink.log(RunSink.Source.STDOUT, "zombie");
          return new CompletableFuture<>();
        });
    attempt(api, sandbox);
    assertThat(sandbox.stopped).containsExactly("close");
    assertThat(api.ends).isEmpty();
  }

  @Test
  void stopsTheRunWhenTemporalCancelsIt() {
    FakeServiceApi api = service(null);
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> new CompletableFuture<>());
    temporal.requestCancelActivity();
    assertThatThrownBy(() -> attempt(api, sandbox)).isNotNull();
    assertThat(sandbox.stopped).containsExactly("stop");
    assertThat(api.ends)
        .singleElement()
        .matches(end -> end.output() == null && end.failure() == null);
  }

  @Test
  void saysSoBeforeItGoesWhenItsWorkerIsShutDown() {
    FakeServiceApi api = service(null);
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          Thread.currentThread().interrupt();
          return new CompletableFuture<>();
        });
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.WORKER_LOST));
    assertThat(sandbox.stopped).containsExactly("stop");
    assertThat(api.ends)
        .singleElement()
        .matches(end ->
            end.failure() != null && end.failure().message().contains("the worker was shut down"));
  }

  @Test
  void fetchesABundleOnce() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("main.py"));
      zip.putNextEntry(new ZipEntry("data.csv"));
    }
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.OPENED, null, assignment("sha256:x", SecurityLevel.LOW)),
            bytes.toByteArray());
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    attempt(api, sandbox);
    assertThat(sandbox.programs.getFirst().files())
        .extracting(file -> file.path())
        .containsExactly("data.csv", "main.py");
    assertThat(api.bundles).hasValue(1);
  }

  @Test
  void aBrokenBundleIsTheEnvironmentsFault() {
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.OPENED, null, assignment("sha256:x", SecurityLevel.LOW)),
            new byte[] {1});
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
  }

  @Test
  void sendsLongLogsInPieces() {
    FakeServiceApi api = service(null);
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          IntStream.range(0, 5_000).forEach(i -> sink.log(RunSink.Source.STDOUT, "line " + i));
          return FakeSandbox.returned("1");
        });
    attempt(api, sandbox);
    long told =
        api.reports.stream().mapToLong(report -> report.said().size()).sum()
            + api.ends.getFirst().said().size();
    assertThat(told).isEqualTo(5_000);
    assertThat(api.reports)
        .extracting(report -> report.number())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static final String DATA = // of the text "data"
      "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7";

  private static FakeServiceApi exchanging() {
    AttemptFiles files =
        AttemptFiles.of(
            List.of(new InputFile("in/data.csv", DATA, 4)),
            new OutputFiles(List.of(new FilePattern("*.txt")), 9, new ByteSize(99)));
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.OPENED, null, assignment(null, SecurityLevel.LOW, files)),
            new byte[0]);
    api.files.put(DATA, "data".getBytes(StandardCharsets.UTF_8));
    return api;
  }

  /** Its program gives back what it was given. */
  private static FakeSandbox echo() {
    return new FakeSandbox((program, sink) -> {
      try (OutputStream out = sink.file("a.txt")) {
        RunFiles.Given given = program.exchanged().given().getFirst();
        assertThat(given.path()).isEqualTo("in/data.csv");
        out.write(Files.readAllBytes(given.content()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return FakeSandbox.returned("1");
    });
  }

  private void assertNoFilesLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("attempts"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void fetchesWhatIsGivenAndHandsInWhatIsLeft() throws IOException {
    FakeServiceApi api = exchanging();
    attempt(api, echo());
    assertThat(api.artifacts).containsOnlyKeys("a.txt");
    assertThat(api.artifacts.get("a.txt")).asString(StandardCharsets.UTF_8).isEqualTo("data");
    assertThat(api.ends).singleElement().matches(end -> "1".equals(end.output()));
    assertNoFilesLeft();
  }

  @Test
  void failsWhenTheServiceRefusesWhatIsLeft() throws IOException {
    FakeServiceApi api = exchanging();
    api.refusesArtifacts = true;
    assertThatThrownBy(() -> attempt(api, echo()))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ARTIFACT_REJECTED));
    assertThat(api.ends).singleElement().matches(end -> end.output() == null);
    assertNoFilesLeft();
  }

  @Test
  void runsNothingWithoutWhatIsGiven() throws IOException {
    FakeServiceApi api = exchanging();
    api.files.clear();
    FakeSandbox sandbox = echo();
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
    assertThat(sandbox.programs).isEmpty();
    assertNoFilesLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 422})
  void endsAtOnceWhenItIsRefusedAnAttempt(int status) {
    FakeServiceApi api = service(null);
    api.refusing = status;
    assertThatThrownBy(() -> attempt(api, null))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT))
        .rootCause()
        .hasMessageContaining("refused the executor w1")
        .hasMessageContaining(Integer.toString(status));
  }

  @Test
  void endsTheProgramWhenItsReportsAreRefused() {
    FakeServiceApi api = service(null);
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          sink.log(RunSink.Source.STDOUT, "hello");
          api.refusing = 404;
          return new CompletableFuture<>();
        });
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.INTERNAL));
    assertThat(sandbox.stopped).containsExactly("close");
  }

  @Test
  void runsNothingWhoseDestinationsTheOperatorForbids() {
    FakeServiceApi api = service(null);
    bounds = new EgressBounds(true, List.of("other.example"));
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.EGRESS_DENIED));
    assertThat(sandbox.programs).isEmpty();
  }

  @Test
  void notesWhatIsUnderWayAndSaysWhatAnEarlierLifeHasLost() throws Exception {
    FakeServiceApi api = service(null);
    AttemptNotes kept = AttemptNotes.in(notes);
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          assertThat(notes.toFile().list()).containsExactly(ID + "-1");
          return FakeSandbox.returned("1");
        });
    attempt(api, sandbox);
    assertThat(notes).isEmptyDirectory();

    api.ends.clear();
    AttemptNotes.Open _ =
        kept.open("lost", AttemptNotes.Note.of(ID + ".token", new byte[] {1, 2, 3}));
    java.nio.file.Files.writeString(notes.resolve("half"), "{\"tok");
    List<byte[]> told = new ArrayList<>();
    assertThat(kept.reportLost(api, (task, failure) -> told.add(task))).isEqualTo(2);
    assertThat(told).containsExactly(new byte[] {1, 2, 3});
    assertThat(api.ends)
        .singleElement()
        .satisfies(
            end -> assertThat(end.failure()).returns(FailureCode.WORKER_LOST, Failure::code));
    assertThat(notes).isEmptyDirectory();
  }

  @Test
  void whoWasAsleepHasNoLeaseUntilItIsRenewed() throws InterruptedException {
    Lease lease = new Lease();
    assertThat(lease.holds()).isTrue();
    lease.await();
    await().atMost(Lease.LENGTH.plusSeconds(5)).until(() -> !lease.holds());
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                lease.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    lease.renew();
    waiting.join();
    assertThat(lease.holds()).isTrue();
  }

  private static FakeServiceApi assigned(AssignedSecrets secrets) {
    Assignment usual = assignment(null, SecurityLevel.LOW);
    return new FakeServiceApi(
        new AttemptAnswer(
            State.OPENED,
            null,
            new Assignment(
                usual.execution(),
                usual.number(),
                usual.token(),
                usual.runtime(),
                usual.entry(),
                usual.source(),
                usual.bundle(),
                usual.input(),
                usual.environment(),
                usual.securityLevel(),
                usual.cpuMillicores(),
                usual.cpuLimitMillicores(),
                usual.memory(),
                usual.disk(),
                usual.timeoutMillis(),
                usual.egress(),
                secrets,
                usual.cpuTimeMillis(),
                AttemptFiles.of(
                    List.of(), new OutputFiles(List.of(new FilePattern("*")), 9, new ByteSize(99))),
                usual.dependencies(),
                null)),
        new byte[0]);
  }

  @Test
  void runsNothingWhoseSecretsAreWithheld() {
    FakeServiceApi api = assigned(new AssignedSecrets(Map.of(), "the secret A was deleted"));
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
    assertThat(sandbox.programs).isEmpty();
    assertThat(Objects.requireNonNull(api.ends.getFirst().failure()).message())
        .isEqualTo("the secret A was deleted");
  }

  @Test
  void keepsNoFileWhoseNameHoldsASecret() {
    FakeServiceApi api = assigned(AssignedSecrets.of(Map.of("TOKEN", new SecretValue("hunter22"))));
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          try (OutputStream out = sink.file("of-hunter22.txt")) {
            out.write(1);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return FakeSandbox.returned("1");
        });
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ARTIFACT_REJECTED));
    assertThat(api.artifacts).isEmpty();
    assertThat(api.ends.toString()).contains("of-***.txt").doesNotContain("hunter22");
  }

  @Test
  void runsNothingWhereItHasNoPlaceForFiles() throws IOException {
    Files.writeString(folder.resolve("attempts"), "in the way");
    FakeServiceApi api = exchanging();
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
    assertThat(sandbox.programs).isEmpty();
  }

  @Test
  void runsNothingThatItsBundleIsRefusedFor() {
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.OPENED, null, assignment("sha256:y", SecurityLevel.LOW)),
            "no zip".getBytes(StandardCharsets.UTF_8));
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
    assertThat(sandbox.programs).isEmpty();
  }

  @Test
  void runsNothingWhoseFilesItIsRefused() {
    FakeServiceApi api =
        new FakeServiceApi(
            new AttemptAnswer(State.OPENED, null, assignment("sha256:z", SecurityLevel.LOW)),
            new byte[0]);
    api.refusesFiles = true;
    FakeSandbox sandbox = new FakeSandbox((program, sink) -> FakeSandbox.returned("1"));
    assertThatThrownBy(() -> attempt(api, sandbox))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ENVIRONMENT));
    assertThat(sandbox.programs).isEmpty();
  }

  @Test
  void failsWhenItMayNotHandInWhatIsLeft() throws IOException {
    FakeServiceApi api = exchanging();
    api.refusesFiles = true;
    assertThatThrownBy(() -> attempt(api, echo()))
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(FailureCode.ARTIFACT_REJECTED));
    assertNoFilesLeft();
  }

  @Test
  void handsInNothingOfWhatFailed() throws IOException {
    FakeServiceApi api = exchanging();
    FakeSandbox sandbox =
        new FakeSandbox((program, sink) -> {
          try {
            sink.awaitCounting();
            sink.file("a.txt").close();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return CompletableFuture.completedFuture(new RunEnd.Stopped(Usage.NONE));
        });
    attempt(api, sandbox);
    assertThat(api.artifacts).isEmpty();
    assertThat(api.ends).singleElement().matches(end -> end.output() == null);
    assertNoFilesLeft();
  }

  @Test
  void runsNothingOnOtherBytesThanWereGiven() {
    FakeServiceApi api = exchanging();
    api.files.put(DATA, "fata".getBytes(StandardCharsets.UTF_8));
    temporal.requestCancelActivity();
    FakeSandbox sandbox = echo();
    assertThatThrownBy(() -> attempt(api, sandbox)).isNotNull();
    assertThat(sandbox.programs).isEmpty();
  }
}
