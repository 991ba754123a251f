package io.taskwright.activities.executor;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.protocol.AssignedSecrets;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.AttemptFiles;
import io.taskwright.sandbox.Sandbox;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Makes attempts in a fake sandbox against a fake service. */
abstract class SandboxedAttempts {
  static final String ID = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
  static final AttemptOrder ORDER = new AttemptOrder(ID + ".grant", Duration.ofSeconds(5));

  @TempDir Path notes;
  EgressBounds bounds = EgressBounds.NONE;
  final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  @TempDir Path folder;
  @Nullable LayerStore layers;

  @AfterEach
  void stop() {
    temporal.close();
    if (layers != null) {
      layers.close();
    }
  }

  static Assignment assignment(@Nullable String bundle, SecurityLevel level) {
    return assignment(bundle, level, AttemptFiles.NONE);
  }

  static Assignment assignment(@Nullable String bundle, SecurityLevel level, AttemptFiles files) {
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

  static FakeServiceApi service(@Nullable String bundle) {
    return new FakeServiceApi(
        new AttemptAnswer(State.OPENED, null, assignment(bundle, SecurityLevel.LOW)), new byte[0]);
  }

  void attempt(ServiceApi api, @Nullable Sandbox sandbox) {
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

  Dependencies dependencies(ServiceApi api) {
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

  static FailureCode code(Throwable thrown) {
    ApplicationFailure cause = (ApplicationFailure) ((ActivityFailure) thrown).getCause();
    return FailureCode.valueOf(cause.getType());
  }

  static FakeServiceApi assigned(AssignedSecrets secrets) {
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
}
