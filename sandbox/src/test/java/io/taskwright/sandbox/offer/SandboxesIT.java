package io.taskwright.sandbox.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

final class SandboxesIT {
  @Test
  void offersWhatThisHostHas() {
    Path folder = Path.of("target/sandbox-it/offer").toAbsolutePath();
    SandboxSettings settings =
        new SandboxSettings(
            Instances.named("offer"),
            folder,
            EnumSet.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER, BackEnd.JAVASCRIPT),
            ByteSize.ofMebibytes(256),
            EgressTerms.DEFAULT,
            WarmSettings.usual());
    try (Sandboxes sandboxes = Sandboxes.open(settings)) {
      assertThat(sandboxes.offers()).hasSize(3);
      assertThat(sandboxes.offers().getFirst()).isInstanceOf(Offer.Offered.class);
      assertThat(sandboxes.choose(TaskRuntime.BASH, SecurityLevel.LOW))
          .isInstanceOfSatisfying(
              Choice.Found.class,
              found ->
                  assertThat(found.sandbox()).extracting(Sandbox::name).isEqualTo("bubblewrap"));
      assertThat(sandboxes.choose(TaskRuntime.JAVASCRIPT, SecurityLevel.LOW))
          .isInstanceOf(Choice.Found.class);
    }
  }
}
