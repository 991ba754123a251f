package io.taskwright.sandbox.offer;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.kubernetes.KubernetesSettings;
import io.taskwright.sandbox.pool.WarmSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator says about sandboxes.
 *
 * @param instance names this service among those on the host: lower-case letters, digits and
 *     hyphens; the same after a restart, so that what a dead one left is found
 * @param folder the service's own; every back end has a part of it
 * @param allowed what may be offered if it passes its probe
 * @param javascriptHeap what JavaScript may take of this process's heap, all runs together
 * @param egress what runs may do with the network that their definitions ask for
 * @param warm how many environments each back end makes before they are needed
 * @param kubernetes the cluster; empty if there is none
 */
public record SandboxSettings(
    String instance,
    Path folder,
    Set<BackEnd> allowed,
    ByteSize javascriptHeap,
    EgressTerms egress,
    WarmSettings warm,
    Optional<KubernetesSettings> kubernetes) {
  public SandboxSettings {
    if (!instance.matches("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?")) {
      throw new IllegalArgumentException("no name of an instance: " + instance);
    }
    allowed = Set.copyOf(allowed);
  }

  /** Without a cluster. */
  public SandboxSettings(
      String instance,
      Path folder,
      Set<BackEnd> allowed,
      ByteSize javascriptHeap,
      EgressTerms egress,
      WarmSettings warm) {
    this(instance, folder, allowed, javascriptHeap, egress, warm, Optional.empty());
  }
}
