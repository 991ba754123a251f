package io.taskwright.app.server;

import io.taskwright.sandbox.kubernetes.KubernetesSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster whose pods may run code, {@code taskwright.executor.kubernetes.*}.
 *
 * @param enabled whether it may at all
 * @param namespace where the pods are, and nothing else
 * @param image with runtimes and tools; required where it is enabled
 * @param pullSecret by which nodes get the image; empty for none
 * @param runtimeClass what runs the pods; empty for the cluster's usual one
 * @param seccompProfile the project's profile below the nodes' folder of profiles
 * @param userNamespaces whether pods have users of their own
 * @param nodeSelector labels of the nodes that take the pods
 * @param patience how long a pod may take to run, from a second on
 */
public record KubernetesProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("taskwright-tasks") String namespace,
    @DefaultValue("") String image,
    @DefaultValue("") String pullSecret,
    @DefaultValue("") String runtimeClass,
    @DefaultValue(KubernetesSettings.USUAL_PROFILE) String seccompProfile,
    @DefaultValue("true") boolean userNamespaces,
    @DefaultValue Map<String, String> nodeSelector,
    @DefaultValue("PT2M") Duration patience) {
  private static final String NAME = "taskwright.executor.kubernetes.";

  public KubernetesProperties {
    nodeSelector = Map.copyOf(nodeSelector);
    if (!KubernetesSettings.isNamespace(namespace)) {
      throw new IllegalArgumentException(
          NAME + "namespace must be a name of a namespace, but is " + namespace);
    }
    if (enabled && image.isBlank()) {
      throw new IllegalArgumentException(
          NAME + "image must be the image that images/kubernetes/build.sh builds, but is not set");
    }
    if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          NAME + "patience must be at least PT1S, but is " + patience);
    }
  }

  /** Empty where it is not enabled. */
  Optional<KubernetesSettings> settings() {
    if (!enabled) {
      return Optional.empty();
    }
    return Optional.of(
        new KubernetesSettings(
            namespace,
            image,
            given(pullSecret),
            given(runtimeClass),
            seccompProfile,
            userNamespaces,
            nodeSelector,
            patience));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(some -> !some.isBlank());
  }
}
