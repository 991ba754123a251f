package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.Said;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxedAttemptTest extends SandboxedAttempts {
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
}
