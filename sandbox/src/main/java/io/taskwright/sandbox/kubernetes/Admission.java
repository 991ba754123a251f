package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares the pod that was asked for with the one that the cluster made of it: webhooks add
 * containers and volumes, and an API server drops what it does not know.
 */
final class Admission {
  private static final Map<String, Function<PodSpec, Object>> PARTS =
      Map.ofEntries(
          part("hostNetwork", spec -> Boolean.TRUE.equals(spec.getHostNetwork())),
          part("hostPID", spec -> Boolean.TRUE.equals(spec.getHostPID())),
          part("hostIPC", spec -> Boolean.TRUE.equals(spec.getHostIPC())),
          part("hostUsers", spec -> !Boolean.FALSE.equals(spec.getHostUsers())),
          part(
              "shareProcessNamespace",
              spec -> Boolean.TRUE.equals(spec.getShareProcessNamespace())),
          part(
              "automountServiceAccountToken",
              spec -> !Boolean.FALSE.equals(spec.getAutomountServiceAccountToken())),
          part("securityContext", PodSpec::getSecurityContext),
          part("volumes", PodSpec::getVolumes),
          part("initContainers", PodSpec::getInitContainers),
          part("ephemeralContainers", PodSpec::getEphemeralContainers),
          part("number of containers", spec -> spec.getContainers().size()),
          part("runtimeClassName", spec -> String.valueOf(spec.getRuntimeClassName())),
          part("activeDeadlineSeconds", PodSpec::getActiveDeadlineSeconds),
          part("dnsPolicy", PodSpec::getDnsPolicy),
          part("image", first(Container::getImage)),
          part("command", first(Container::getCommand)),
          part("args", first(Container::getArgs)),
          part("container's securityContext", first(Container::getSecurityContext)),
          part("resources", first(Container::getResources)),
          part("volumeMounts", first(Container::getVolumeMounts)),
          part("env", first(Container::getEnv)),
          part("terminationMessagePath", first(Container::getTerminationMessagePath)));

  private Admission() {}

  /** The first part, by name, that is not what was asked for. */
  static Optional<String> difference(Pod asked, Pod made) {
    return PARTS.entrySet().stream()
        .filter(part ->
            !Objects.equals(
                part.getValue().apply(asked.getSpec()), part.getValue().apply(made.getSpec())))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .or(() -> labels(asked, made));
  }

  private static Optional<String> labels(Pod asked, Pod made) {
    boolean kept =
        made.getMetadata()
            .getLabels()
            .entrySet()
            .containsAll(asked.getMetadata().getLabels().entrySet());
    return kept ? Optional.empty() : Optional.of("labels");
  }

  private static Map.Entry<String, Function<PodSpec, Object>> part(
      String name, Function<PodSpec, Object> value) {
    return Map.entry(name, value);
  }

  private static Function<PodSpec, Object> first(Function<Container, Object> value) {
    return spec -> {
      List<Container> containers = spec.getContainers();
      return containers.isEmpty() ? "none" : value.apply(containers.getFirst());
    };
  }
}
