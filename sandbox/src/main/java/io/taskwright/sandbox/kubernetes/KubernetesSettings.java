package io.taskwright.sandbox.kubernetes;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator says about the cluster. How it is reached is said as for {@code kubectl}, or by
 * the service account of the pod that the service runs in.
 *
 * @param namespace where the pods are, and nothing else
 * @param image with the runtimes and the tools, as {@code images/kubernetes/build.sh} builds it
 * @param pullSecret the name of a secret by which nodes get the image
 * @param runtimeClass what runs the pods, such as {@code gvisor}; empty for the cluster's usual one
 * @param seccompProfile the project's profile, relative to the folder of profiles on every node
 * @param userNamespaces whether pods have users of their own; off only where a cluster cannot
 * @param nodeSelector labels of the nodes that take the pods
 * @param patience how long a pod may take to run
 */
public record KubernetesSettings(
    String namespace,
    String image,
    Optional<String> pullSecret,
    Optional<String> runtimeClass,
    String seccompProfile,
    boolean userNamespaces,
    Map<String, String> nodeSelector,
    Duration patience) {
  /** Where {@link #seccompProfile} is looked for, unless something else is said. */
  public static final String USUAL_PROFILE = "taskwright/seccomp.json";

  public KubernetesSettings {
    nodeSelector = Map.copyOf(nodeSelector);
    if (!isNamespace(namespace)) {
      throw new IllegalArgumentException("no name of a namespace: " + namespace);
    }
    if (image.isBlank()) {
      throw new IllegalArgumentException("the pods need an image");
    }
  }

  /** Whether a cluster takes it as a namespace's name. */
  public static boolean isNamespace(String name) {
    return name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  }

  /** What suits most clusters. */
  public static KubernetesSettings of(String namespace, String image) {
    return new KubernetesSettings(
        namespace,
        image,
        Optional.empty(),
        Optional.empty(),
        USUAL_PROFILE,
        true,
        Map.of(),
        Duration.ofMinutes(2));
  }
}
