package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.util.List;
import java.util.Map;

/**
 * Keeps the pods of this instance from every network. Policies add up, so it looks at the others
 * too; whether the cluster enforces any is for the probe to find out.
 */
final class Isolation {
  private final Cluster cluster;
  private final String namespace;
  private final String name;
  private final Map<String, String> labels;

  Isolation(Cluster cluster, String namespace, String instance, Map<String, String> labels) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = "taskwright-" + instance;
    this.labels = labels;
  }

  /** Lays down that nothing reaches the pods and these reach nothing. */
  void establish() throws EnvironmentException {
    try {
      NetworkPolicy wanted = policy();
      Resource<NetworkPolicy> resource =
          cluster.client().network().v1().networkPolicies().inNamespace(namespace).resource(wanted);
      NetworkPolicy made = resource.get();
      if (made == null) {
        made = resource.create();
      } else if (!isClosed(made)) {
        made = resource.update();
      }
      if (!isClosed(made)) {
        throw new EnvironmentException(
            "the cluster made another NetworkPolicy "
                + name
                + " in namespace "
                + namespace
                + " than was asked for: see what changes it");
      }
      refuseOthers();
    } catch (KubernetesClientException e) {
      throw new EnvironmentException(
          "the NetworkPolicy "
              + name
              + " in namespace "
              + namespace
              + " cannot be laid down, and without it pods have a network: see"
              + " deploy/kubernetes.yaml for the rights that it needs",
          e);
    }
  }

  private void refuseOthers() throws EnvironmentException {
    List<NetworkPolicy> all =
        cluster.client().network().v1().networkPolicies().inNamespace(namespace).list().getItems();
    for (NetworkPolicy other : all) {
      if (selects(other.getSpec().getPodSelector()) && letsThrough(other.getSpec())) {
        throw new EnvironmentException(
            "the NetworkPolicy "
                + other.getMetadata().getName()
                + " in namespace "
                + namespace
                + " opens a network for the pods: remove it, or choose another namespace");
      }
    }
  }

  /** Expressions are not read: a policy that has some may mean our pods. */
  private boolean selects(LabelSelector selector) {
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
  }

  private static boolean letsThrough(NetworkPolicySpec spec) {
    return !spec.getIngress().isEmpty() || !spec.getEgress().isEmpty();
  }

  private boolean isClosed(NetworkPolicy policy) {
    LabelSelector selector = policy.getSpec().getPodSelector();
    return selector.getMatchLabels().equals(labels)
        && selector.getMatchExpressions().isEmpty()
        && policy.getSpec().getPolicyTypes().containsAll(List.of("Ingress", "Egress"))
        && !letsThrough(policy.getSpec());
  }

  private NetworkPolicy policy() {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(labels)
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .endSpec()
        .build();
  }
}
