package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.Said;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.RunEnd;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxedAttemptTest {
  private static final String ID = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
  private static final AttemptOrder ORDER = new AttemptOrder(ID + ".grant", Duration.ofSeconds(5));

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
        List.of());
  }

  private static FakeServiceApi service(@Nullable String bundle) {
    return new FakeServiceApi(
        new AttemptAnswer(State.OPENED, null, assignment(bundle, SecurityLevel.LOW)), new byte[0]);
  }

  private void attempt(ServiceApi api, @Nullable Sandbox sandbox) {
    temporal.registerActivitiesImplementations(
        new SandboxedAttempt(
            api,
            new BundleCache(1 << 20),
            dependencies(api),
            (runtime, level) ->
                sandbox == null
                    ? new Choice.None("bubblewrap: user namespaces are off")
                    : new Choice.Found(sandbox),
            () -> "nonce-nonce-nonce-nonce",
            "w1",
            InstantSource.system()));
    temporal.newActivityStub(AttemptActivity.class).attempt(ORDER);
  }

  private Dependencies dependencies(ServiceApi api) {
    try {
      layers = LayerStore.open(folder, ByteSize.ofMebibytes(1), InstantSource.system());
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
}
