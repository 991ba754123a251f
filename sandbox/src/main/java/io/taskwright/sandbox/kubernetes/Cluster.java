package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of a cluster's namespace. */
final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final int RETRIES = 2;
  private static final int ANSWER_MILLIS = 20_000;

  /** Nodes end a pod a second after they are told to; a node that is away does not. */
  private static final Duration END = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final String namespace;

  Cluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** The cluster of the usual configuration: {@code KUBECONFIG}, or that which we are in. */
  static Cluster connect(String namespace) throws EnvironmentException {
    return connect(Config.autoConfigure(null), namespace);
  }

  static Cluster connect(Config config, String namespace) throws EnvironmentException {
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setRequestTimeout(ANSWER_MILLIS);
    Cluster cluster =
        new Cluster(new KubernetesClientBuilder().withConfig(config).build(), namespace);
    try {
      cluster.client.pods().inNamespace(namespace).withLabel("none", "none").list();
      return cluster;
    } catch (KubernetesClientException e) {
      cluster.close();
      throw new EnvironmentException(
          "the cluster at "
              + config.getMasterUrl()
              + " does not list the pods of namespace "
              + namespace
              + ": see deploy/kubernetes.yaml for what the service needs there",
          e);
    }
  }

  /** Its API server, which answers every pod that can reach it. */
  InetSocketAddress address() throws EnvironmentException {
    URI url = URI.create(client.getConfiguration().getMasterUrl());
    int port = url.getPort() > 0 ? url.getPort() : "http".equals(url.getScheme()) ? 80 : 443;
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new EnvironmentException("the API server's name " + host + " has no address");
    }
    return address;
  }

  KubernetesClient client() {
    return client;
  }

  Pod create(Pod pod) {
    return client.pods().inNamespace(namespace).resource(pod).create();
  }

  /** The pod as it is now. */
  PodState state(String name) {
    return new PodState(pod(name).get());
  }

  /** The pod when it is so, or as it is when the time is over. */
  PodState await(String name, Predicate<PodState> condition, Duration patience) {
    try {
      Pod pod =
          pod(name)
              .waitUntilCondition(
                  now -> condition.test(new PodState(now)),
                  patience.toMillis(),
                  TimeUnit.MILLISECONDS);
      return new PodState(pod);
    } catch (KubernetesClientTimeoutException e) {
      return state(name);
    }
  }

  /** Joins the streams of a pod's container. */
  ExecWatch attach(String name, OutputStream complaints) {
    return pod(name)
        .inContainer(PodPlan.CONTAINER)
        .redirectingInput()
        .redirectingOutput()
        .writingError(complaints)
        .attach();
  }

  /** Has a pod ended and removed; returns at once. */
  void delete(String name) {
    pod(name).withGracePeriod(1).delete();
  }

  /** Removes a pod and waits until its node has ended it; false if that does not come to pass. */
  boolean remove(String name) {
    try {
      delete(name);
      return await(name, state -> state.pod() == null, END).pod() == null;
    } catch (KubernetesClientException e) {
      LOG.atDebug().setCause(e).addKeyValue("pod", name).log("the cluster does not remove it");
      return false;
    }
  }

  /** Removes every pod with the labels, and waits for that. */
  void sweep(Map<String, String> labels) {
    try {
      client.pods().inNamespace(namespace).withLabels(labels).list().getItems().stream()
          .map(pod -> pod.getMetadata().getName())
          .toList()
          .parallelStream()
          .filter(name -> !remove(name))
          .forEach(
              name -> LOG.atWarn().addKeyValue("pod", name).log("the cluster does not remove it"));
    } catch (KubernetesClientException e) {
      LOG.atWarn().setCause(e).log("the cluster does not list what is left in it");
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private PodResource pod(String name) {
    return client.pods().inNamespace(namespace).withName(name);
  }
}
