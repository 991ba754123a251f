package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of a pod.
 *
 * @param pod none if it is gone
 */
record PodState(@Nullable Pod pod) {
  /** None of these goes away by waiting. */
  private static final Set<String> HOPELESS =
      Set.of(
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "CrashLoopBackOff");

  /** Its container runs. */
  boolean running() {
    return state().map(ContainerState::getRunning).isPresent();
  }

  /** Its container has ended, or there is none any more. */
  boolean over() {
    return pod == null
        || state().map(ContainerState::getTerminated).isPresent()
        || phase().equals("Failed")
        || phase().equals("Succeeded");
  }

  /** It runs, or it is clear that it never will. */
  boolean settled() {
    return running() || over() || waiting().filter(HOPELESS::contains).isPresent();
  }

  /** The kernel ended it because its memory was used up. */
  boolean outOfMemory() {
    return state()
        .map(ContainerState::getTerminated)
        .map(ended -> "OOMKilled".equals(ended.getReason()))
        .orElse(false);
  }

  /** Why it does not run, for a person. */
  String complaint() {
    if (pod == null) {
      return "it is gone";
    }
    return containerWaits()
        .or(this::containerEnded)
        .or(this::podFailed)
        .or(this::unscheduled)
        .orElse("its phase is " + phase());
  }

  private Optional<String> containerWaits() {
    return state()
        .map(ContainerState::getWaiting)
        .filter(waiting -> !"ContainerCreating".equals(waiting.getReason()))
        .map(waiting -> text(waiting.getReason(), waiting.getMessage()));
  }

  private Optional<String> containerEnded() {
    return state()
        .map(ContainerState::getTerminated)
        .map(ended -> text(ended.getReason(), "it ended with code " + ended.getExitCode()));
  }

  private Optional<String> podFailed() {
    return Optional.ofNullable(pod)
        .map(Pod::getStatus)
        .filter(status -> status.getReason() != null)
        .map(status -> text(status.getReason(), status.getMessage()));
  }

  private Optional<String> unscheduled() {
    return Optional.ofNullable(pod).map(Pod::getStatus).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> "PodScheduled".equals(condition.getType()))
        .filter(condition -> "False".equals(condition.getStatus()))
        .findFirst()
        .map(PodState::text);
  }

  private Optional<String> waiting() {
    return state().map(ContainerState::getWaiting).map(ContainerStateWaiting::getReason);
  }

  private Optional<ContainerState> state() {
    return Optional.ofNullable(pod).map(Pod::getStatus).stream()
        .flatMap(status -> status.getContainerStatuses().stream())
        .findFirst()
        .map(ContainerStatus::getState);
  }

  private String phase() {
    return Optional.ofNullable(pod)
        .map(Pod::getStatus)
        .map(status -> String.valueOf(status.getPhase()))
        .orElse("unknown");
  }

  private static String text(PodCondition condition) {
    return text(condition.getReason(), condition.getMessage());
  }

  private static String text(@Nullable String reason, @Nullable String message) {
    return message == null ? String.valueOf(reason) : reason + ": " + message;
  }
}
