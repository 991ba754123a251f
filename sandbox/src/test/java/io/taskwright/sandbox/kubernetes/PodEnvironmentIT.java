package io.taskwright.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestProbe;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods whose warden is a program that says what it hears. */
final class PodEnvironmentIT {
  private static final Map<String, String> LABELS = Map.of("mine", "yes");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private FakeCluster fake = new FakeCluster(node("cat"));
  private Cluster cluster = fake.connect();

  PodEnvironmentIT() throws IOException, EnvironmentException {}

  @AfterEach
  void close() throws IOException {
    threads.close();
    cluster.close();
    fake.close();
  }

  @Test
  void carriesBytesBothWays() throws Exception {
    PodEnvironment environment = open();
    byte[] much = "0123456789abcdef".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    assertThat(environment.output().read()).as("that somebody listens").isZero();
    assertThat(environment.alive()).isTrue();
    var _ =
        threads.submit(() -> {
          environment.input().write(much);
          environment.input().flush();
          return null;
        });
    assertThat(environment.output().readNBytes(much.length)).isEqualTo(much);
    environment.kill();
    assertThat(environment.output().read()).isEqualTo(-1);
    environment.end();
    assertThat(environment.alive()).isFalse();
    assertThat(fake.all("pods")).isEmpty();
  }

  @Test
  void endsWithItsProgramAndHandsOnWhatItComplainedOf() throws Exception {
    restart(node("head -c 1; echo lost it >&2; exit 3"));
    PodEnvironment environment = open();
    assertThat(environment.output().read()).isZero();
    assertThat(environment.output().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("lost it\n");
    Traces traces = environment.end();
    assertThat(traces.outOfMemory()).isFalse();
    assertThat(fake.all("pods")).isEmpty();
  }

  @Test
  void tellsThatTheKernelEndedIt() throws Exception {
    restart(new FakeNode(_ -> shell("head -c 1; kill -9 $$"), "OOMKilled"));
    PodEnvironment environment = open();
    assertThat(environment.output().readAllBytes()).hasSize(1);
    assertThat(environment.end().outOfMemory()).isTrue();
  }

  @Test
  void saysThatTheImageCannotBePulled() {
    fake.stuckAt(waiting("ImagePullBackOff", "Back-off pulling image \"nowhere/runtimes\""));
    refused("the pod does not run: ImagePullBackOff: Back-off pulling image \"nowhere/runtimes\"");
  }

  @Test
  void saysThatNoNodeTakesIt() {
    fake.stuckAt(
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/3 nodes are available: 3 Insufficient memory.")
            .endCondition()
            .build());
    refused("Unschedulable: 0/3 nodes are available: 3 Insufficient memory.");
  }

  @Test
  void saysThatTheQuotaIsUsedUp() {
    fake.refuses("POST pods");
    refused("the cluster made no pod");
  }

  @Test
  void refusesAPodThatSomebodyChanged() {
    fake.admits(pod ->
        new PodBuilder(pod)
            .editSpec()
            .addNewContainer()
            .withName("mesh")
            .withImage("mesh")
            .endContainer()
            .endSpec()
            .build());
    refused("the cluster made another pod than was asked for (number of containers)");
  }

  @Test
  void refusesAPodWithoutUsersOfItsOwn() {
    fake.admits(pod -> new PodBuilder(pod).editSpec().withHostUsers(null).endSpec().build());
    refused("(hostUsers)");
  }

  private void refused(String message) {
    assertThatThrownBy(this::open)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(message);
    threads.close();
    assertThat(fake.all("pods")).as("what is left").isEmpty();
  }

  private PodEnvironment open() throws EnvironmentException {
    return PodEnvironment.open(
        cluster, plan(), "tw-1-Some_Thing.7", GuestProbe.LIMITS.room(), threads);
  }

  private void restart(FakeNode node) throws IOException, EnvironmentException {
    cluster.close();
    fake.close();
    fake = new FakeCluster(node);
    cluster = fake.connect();
  }

  private static PodPlan plan() {
    KubernetesSettings usual = KubernetesSettings.of(FakeCluster.NAMESPACE, "runtimes");
    KubernetesSettings hasty =
        new KubernetesSettings(
            usual.namespace(),
            usual.image(),
            Optional.empty(),
            Optional.empty(),
            usual.seccompProfile(),
            true,
            Map.of(),
            Duration.ofSeconds(3));
    return new PodPlan(hasty, LABELS, Duration.ofHours(1));
  }

  private static PodStatus waiting(String reason, String message) {
    return new PodStatusBuilder()
        .withPhase("Pending")
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withNewState()
                .withNewWaiting(message, reason)
                .endState()
                .build())
        .build();
  }

  private static FakeNode node(String script) {
    return new FakeNode(_ -> shell(script), "Error");
  }

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }
}
