package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestTools;
import io.taskwright.sandbox.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs pods as containers of a Docker engine, with what the pod asks for, as far as Docker has it,
 * and the tools brought in, so that no image has to be built.
 */
final class DockerNode {
  private static final String CGROUP = "/sys/fs/cgroup/";

  /** The same facts, where the host has control groups of version 1. */
  private static final Map<String, String> VERSION_1 =
      Map.of(
          CGROUP + "memory.current", CGROUP + "memory/memory.usage_in_bytes",
          CGROUP + "memory.stat", CGROUP + "memory/memory.stat",
          CGROUP + "memory.events", CGROUP + "memory/memory.oom_control",
          CGROUP + "pids.events", CGROUP + "pids/pids.events",
          CGROUP + "memory.peak", CGROUP + "memory/memory.max_usage_in_bytes",
          CGROUP + "cpu.stat", CGROUP + "cpuacct/cpuacct.usage",
          CGROUP + "pids.current", CGROUP + "pids/pids.current");

  private final Path folder;
  private final Path tools;
  private final String image;
  private final String network;

  /**
   * Runs pods.
   *
   * @param folder for the profile and the tools
   * @param network {@code none}, or {@code bridge} for a cluster that enforces no policies
   */
  DockerNode(Path folder, String image, String network) throws EnvironmentException, IOException {
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.tools = GuestTools.unpack(this.folder).folder();
    this.image = image;
    this.network = network;
    Files.writeString(this.folder.resolve("seccomp.json"), SeccompProfile.own().json());
  }

  FakeNode node() {
    return new FakeNode(pod -> new ProcessBuilder(command(pod)), "Error");
  }

  private List<String> command(Pod pod) {
    Container container = pod.getSpec().getContainers().getFirst();
    Map<String, Quantity> limits = container.getResources().getLimits();
    String size = pod.getSpec().getVolumes().getFirst().getEmptyDir().getSizeLimit().getAmount();
    long user = pod.getSpec().getSecurityContext().getRunAsUser();
    List<String> words = new ArrayList<>(List.of("docker", "run", "--rm", "-i"));
    words.addAll(List.of("--name", pod.getMetadata().getName(), "--hostname", "sandbox"));
    words.addAll(List.of("--network", network, "--user", user + ":" + user, "--read-only"));
    words.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    words.addAll(List.of("--security-opt", "seccomp=" + folder.resolve("seccomp.json")));
    words.addAll(List.of("--memory", limits.get("memory").getAmount()));
    words.addAll(List.of("--memory-swap", limits.get("memory").getAmount()));
    words.addAll(
        List.of(
            "--tmpfs", "/task:rw,exec,nosuid,nodev,mode=0755,uid=10001,gid=10001,size=" + size));
    words.addAll(List.of("--volume", tools + ":/opt/taskwright:ro", "--workdir", "/"));
    words.addAll(List.of("--env", "KUBERNETES_SERVICE_HOST=10.96.0.1"));
    words.addAll(List.of("--entrypoint", container.getCommand().getFirst(), image));
    container.getArgs().forEach(word -> words.add(here(word)));
    return words;
  }

  private static String here(String word) {
    return Files.exists(Path.of(CGROUP, "cgroup.controllers"))
        ? word
        : VERSION_1.getOrDefault(word, word);
  }
}
