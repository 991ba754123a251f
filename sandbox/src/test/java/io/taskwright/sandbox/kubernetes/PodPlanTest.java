package io.taskwright.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.taskwright.sandbox.guest.GuestProbe;
import io.taskwright.sandbox.resource.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class PodPlanTest {
  private static final KubernetesSettings SETTINGS =
      KubernetesSettings.of("tasks", "registry.example/runtimes:1");
  private static final Map<String, String> LABELS = Map.of("taskwright.io/instance", "tw-1");

  @Test
  void asksForExactlyThisPod() {
    JsonMapper json = new JsonMapper();
    String made = new KubernetesSerialization().asJson(pod(SETTINGS));
    assertThat(json.readTree(made))
        .isEqualTo(json.readTree(Resource.text(PodPlanTest.class, "pod.json")));
  }

  @Test
  void asksForWhatTheOperatorSays() {
    Pod pod =
        pod(
            new KubernetesSettings(
                "tasks",
                "runtimes",
                Optional.of("pull"),
                Optional.of("gvisor"),
                "own.json",
                false,
                Map.of("pool", "tasks"),
                Duration.ofMinutes(1)));
    assertThat(pod.getSpec().getRuntimeClassName()).isEqualTo("gvisor");
    assertThat(pod.getSpec().getImagePullSecrets().getFirst().getName()).isEqualTo("pull");
    assertThat(pod.getSpec().getHostUsers()).isTrue();
    assertThat(pod.getSpec().getNodeSelector()).containsEntry("pool", "tasks");
  }

  @Test
  void makesNamesThatClustersTake() {
    String taken = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    assertThat(PodPlan.podName("tw-1a-Send_Mail.12")).isEqualTo("tw-1a-send-mail-12");
    assertThat(PodPlan.podName("tw-1a-" + "x".repeat(80) + ".12"))
        .matches(taken)
        .startsWith("tw-1a-")
        .endsWith("x-12");
    assertThat(PodPlan.podName("tw-1a-" + "_".repeat(80) + ".1")).matches(taken);
  }

  private static Pod pod(KubernetesSettings settings) {
    return new PodPlan(settings, LABELS, Duration.ofHours(25))
        .pod("tw-1-probe.1", GuestProbe.LIMITS.room());
  }
}
