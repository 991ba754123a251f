package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.guest.Launch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How each pod is made.
 *
 * @param labels by which the pods of this instance are found, and kept from the network
 * @param deadline when the cluster ends a pod that everybody forgot
 */
record PodPlan(KubernetesSettings settings, Map<String, String> labels, Duration deadline) {
  /** The one container of every pod. */
  static final String CONTAINER = "sandbox";

  /** Longer is no name of a pod that every part of a cluster takes. */
  private static final int LONGEST_NAME = 63;

  /** Of the warden, beside the program's own. */
  private static final int OWN_PROCESSES = 1;

  /** The image's own user. */
  private static final long USER = 10001;

  /** For what the node itself writes about the pod: nothing in it can write to the disk. */
  private static final String NODE_DISK = "64Mi";

  private static final List<String> FILES =
      List.of(
          "/sys/fs/cgroup/memory.current",
          "/sys/fs/cgroup/memory.stat",
          "/sys/fs/cgroup/memory.events",
          "/sys/fs/cgroup/pids.events",
          "/sys/fs/cgroup/memory.peak",
          "/sys/fs/cgroup/cpu.stat",
          "/sys/fs/cgroup/pids.current");

  /** A name from the pool's, as clusters take names. What counts is at both ends. */
  static String podName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    if (plain.length() <= LONGEST_NAME) {
      return plain;
    }
    return plain.substring(0, LONGEST_NAME / 2)
        + plain.substring(plain.length() - LONGEST_NAME / 2);
  }

  /** The pod that is asked for. */
  Pod pod(String name, Room room) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(podName(name))
        .withNamespace(settings.namespace())
        .withLabels(labels)
        .endMetadata()
        .withSpec(spec(room))
        .build();
  }

  private PodSpec spec(Room room) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withContainers(container(room))
            .withVolumes(taskFolder(room))
            .withRestartPolicy("Never")
            .withActiveDeadlineSeconds(deadline.toSeconds())
            // With none the API server forgets the pod before the node has ended it.
            .withTerminationGracePeriodSeconds(1L)
            .withHostname("sandbox")
            .withHostNetwork(false)
            .withHostPID(false)
            .withHostIPC(false)
            .withHostUsers(!settings.userNamespaces())
            .withShareProcessNamespace(false)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withDnsPolicy("None")
            .withNewDnsConfig()
            .withNameservers("127.0.0.1") // One is demanded; this one is nobody.
            .endDnsConfig()
            .withNodeSelector(settings.nodeSelector())
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withNewSeccompProfile()
            .withType("Localhost")
            .withLocalhostProfile(settings.seccompProfile())
            .endSeccompProfile()
            .endSecurityContext();
    settings.runtimeClass().ifPresent(spec::withRuntimeClassName);
    settings
        .pullSecret()
        .ifPresent(secret -> spec.addNewImagePullSecret().withName(secret).endImagePullSecret());
    return spec.build();
  }

  private Container container(Room room) {
    List<String> arguments = new ArrayList<>(List.of("init"));
    arguments.addAll(FILES);
    arguments.add(Integer.toString(room.processes() + OWN_PROCESSES));
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(settings.image())
        .withCommand(Interpreters.TOOLS + "/warden")
        .withArgs(arguments)
        .withWorkingDir("/")
        .withStdin(true)
        .withStdinOnce(true) // When we are gone, the warden sees the end of its input and ends.
        .withTty(false)
        // Every user may write this file of the node's; nobody but root gets into the folder.
        .withTerminationMessagePath("/root/termination-log")
        .withSecurityContext(confined())
        .withResources(resources(room))
        .addNewVolumeMount()
        .withName("task")
        .withMountPath(Launch.FOLDER)
        .endVolumeMount()
        .build();
  }

  private static SecurityContext confined() {
    return new SecurityContextBuilder()
        .withPrivileged(false)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static ResourceRequirements resources(Room room) {
    CgroupLimits bounds = CgroupLimits.of(room, OWN_PROCESSES);
    Quantity memory = new Quantity(Long.toString(bounds.memory()));
    int share = Math.min(bounds.share(), bounds.quota()); // A request is not above its limit.
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(share + "m"))
        .addToRequests("memory", memory)
        .addToRequests("ephemeral-storage", new Quantity(NODE_DISK))
        .addToLimits("cpu", new Quantity(Math.max(share, bounds.quota()) + "m"))
        .addToLimits("memory", memory)
        .addToLimits("ephemeral-storage", new Quantity(NODE_DISK))
        .build();
  }

  private static Volume taskFolder(Room room) {
    return new VolumeBuilder()
        .withName("task")
        .withNewEmptyDir()
        .withMedium("Memory")
        .withSizeLimit(new Quantity(Long.toString(room.disk().bytes())))
        .endEmptyDir()
        .build();
  }
}
