package io.taskwright.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.conformance.Trial;
import io.taskwright.sandbox.docker.DockerImage;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.pool.WarmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a program to its result, with pods that a Docker engine runs. */
final class KubernetesSandboxIT {
  private static final Path TOOLS = Path.of("target/sandbox-it/kubernetes");
  private static final String INSTANCE = Instances.named("kube");
  private static final WarmSettings WARM =
      new WarmSettings(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1));

  private static String image = "";

  @TempDir private Path folder;
  private FakeCluster fake = cluster("none");

  KubernetesSandboxIT() throws Exception {}

  @BeforeAll
  static void needAnEngineWithTheImage() throws Exception {
    image = DockerImage.built();
  }

  @AfterEach
  void close() throws IOException {
    fake.close();
  }

  @Test
  void isOfferedAndRunsProgramsColdAndWarm() throws Exception {
    try (KubernetesSandbox sandbox = open(WARM)) {
      ProbeReport report = sandbox.probe();
      assertThat(report.checks()).filteredOn(check -> !check.passed()).isEmpty();
      String source = "def main(value):\n    print('hello')\n    return value['n'] + 1\n";
      for (int i = 0; i < 2; i++) {
        assertThat(python(sandbox, source).input("{\"n\": 41}").run().end())
            .isInstanceOfSatisfying(
                RunEnd.Returned.class, end -> assertThat(end.output()).isEqualTo("42"));
        await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.waiting() == 1);
      }
    }
    assertThat(fake.all("pods")).isEmpty();
  }

  @Test
  void boundsProcessesFilesAndMemory() throws Exception {
    try (KubernetesSandbox sandbox = open(WarmSettings.NONE)) {
      assertThat(failure(bash(sandbox, "for i in $(seq 200); do sleep 60 & done; wait").run()))
          .contains("process");
      assertThat(failure(bash(sandbox, "for i in $(seq 2000); do : > f$i; done; sleep 5").run()))
          .contains("files");
      assertThat(failure(bash(sandbox, "tail /dev/zero").memory(32).run())).contains("memory");
    }
  }

  @Test
  void killsWhatRuns() throws Exception {
    try (KubernetesSandbox sandbox = open(WarmSettings.NONE)) {
      Run run = bash(sandbox, "sleep 600").start().run();
      await().atMost(Duration.ofMinutes(1)).until(() -> !fake.all("pods").isEmpty());
      run.close();
      assertThat(run.end().join()).isInstanceOf(RunEnd.Stopped.class);
      assertThat(fake.all("pods")).isEmpty();
    }
  }

  /** Longer than clients wait for an answer. */
  @Test
  @Tag("full")
  void waitsForAProgramThatSaysNothing() throws Exception {
    try (KubernetesSandbox sandbox = open(WarmSettings.NONE)) {
      assertThat(bash(sandbox, "sleep 45").wall(Duration.ofSeconds(80)).run().end())
          .isInstanceOf(RunEnd.Returned.class);
    }
  }

  @Test
  void refusesWhatPodsCannotDo() throws Exception {
    try (KubernetesSandbox sandbox = open(WarmSettings.NONE)) {
      assertThat(failure(bash(sandbox, "true").egress("example.org:443").run()))
          .contains("pods have no way out");
      assertThat(failure(bash(sandbox, "true").layer(folder).run()))
          .contains("pods see no packages");
    }
    assertThat(fake.asked()).doesNotContain("POST pods");
  }

  @Test
  void isRefusedWhereNoPolicyIsEnforced() throws Exception {
    fake.close();
    fake = cluster("bridge");
    try (KubernetesSandbox sandbox = open(WarmSettings.NONE)) {
      assertThat(sandbox.probe().checks())
          .filteredOn(check -> !check.passed())
          .singleElement()
          .extracting(ProbeReport.Check::name)
          .isEqualTo("nothing can be connected to");
    }
  }

  @Test
  void isRefusedWhereNoPolicyCanBeMade() {
    fake.refuses("POST networkpolicies");
    assertThatThrownBy(() -> open(WarmSettings.NONE))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot be laid down")
        .hasMessageContaining("deploy/kubernetes.yaml");
  }

  @Test
  void isRefusedWhereAnotherPolicyOpensANetwork() {
    fake.put(
        "networkpolicies",
        new NetworkPolicyBuilder()
            .withNewMetadata()
            .withName("all-may-ask-for-names")
            .endMetadata()
            .withNewSpec()
            .withNewPodSelector()
            .endPodSelector()
            .addNewEgress()
            .endEgress()
            .withPolicyTypes("Egress")
            .endSpec()
            .build());
    assertThatThrownBy(() -> open(WarmSettings.NONE))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("all-may-ask-for-names");
  }

  @Test
  void isAbsentWhereTheClusterDoesNotAnswer() {
    fake.refuses("GET pods");
    assertThatThrownBy(() -> open(WarmSettings.NONE))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("does not list the pods of namespace tasks");
  }

  @Test
  void removesWhatAnEarlierLifeLeft() throws Exception {
    for (String instance : new String[] {INSTANCE, "another"}) {
      fake.put(
          "pods",
          new PodBuilder()
              .withNewMetadata()
              .withName("left-by-" + instance)
              .withLabels(
                  Map.of(
                      "app.kubernetes.io/managed-by",
                      "taskwright",
                      KubernetesSandbox.LABEL,
                      instance))
              .endMetadata()
              .withNewSpec()
              .endSpec()
              .build());
    }
    open(WarmSettings.NONE).close();
    assertThat(fake.all("pods"))
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("left-by-another");
    assertThat(fake.all("networkpolicies")).hasSize(1);
  }

  private KubernetesSandbox open(WarmSettings warm) throws EnvironmentException {
    return KubernetesSandbox.open(
        INSTANCE,
        folder,
        KubernetesSettings.of(FakeCluster.NAMESPACE, "runtimes"),
        warm,
        fake.connect());
  }

  private static FakeCluster cluster(String network) throws IOException, EnvironmentException {
    return new FakeCluster(new DockerNode(TOOLS, image, network).node());
  }

  private static Trial python(Sandbox sandbox, String source) {
    return Trial.of(sandbox, TaskRuntime.PYTHON, source);
  }

  private static Trial bash(Sandbox sandbox, String source) {
    return Trial.of(sandbox, TaskRuntime.BASH, source);
  }

  private static String failure(Trial.Result result) {
    RunEnd end = result.end();
    assertThat(end).isInstanceOf(RunEnd.Failed.class);
    return end instanceof RunEnd.Failed failed ? failed.failure().message() : "";
  }
}
