package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.AttemptFiles;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunFiles;
import io.taskwright.sandbox.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What an attempt is given, and what it leaves. */
class SandboxedFilesTest extends SandboxedAttempts {
  private static final String DATA = // of the text "data"
      "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7";

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
