package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pod with a warden in it. */
final class PodEnvironment implements Environment {
  private static final Logger LOG = LoggerFactory.getLogger(PodEnvironment.class);
  private static final Duration EXIT = Duration.ofSeconds(30);

  /** Said when the streams are joined: what the warden had said before would be lost. */
  private static final int JOINED = 0;

  private final Cluster cluster;
  private final String name;
  private final ExecWatch streams;
  private final OutputStream input;
  private final InputStream output;
  private final Executor killer;
  private final AtomicBoolean killed = new AtomicBoolean();

  private PodEnvironment(
      Cluster cluster,
      String name,
      ExecWatch streams,
      OutputStream input,
      InputStream output,
      Executor killer) {
    this.cluster = cluster;
    this.name = name;
    this.streams = streams;
    this.input = input;
    this.output = output;
    this.killer = killer;
  }

  /**
   * Makes a pod and waits until it runs.
   *
   * @param killer runs what may take long
   */
  static PodEnvironment open(Cluster cluster, PodPlan plan, String name, Room room, Executor killer)
      throws EnvironmentException {
    Pod asked = plan.pod(name, room);
    Pod made;
    try {
      made = cluster.create(asked);
    } catch (KubernetesClientException e) {
      throw new EnvironmentException("the cluster made no pod", e);
    }
    String podName = made.getMetadata().getName();
    try {
      Optional<String> difference = Admission.difference(asked, made);
      if (difference.isPresent()) {
        throw new EnvironmentException(
            "the cluster made another pod than was asked for ("
                + difference.get()
                + "): see what changes it, or turn off what the cluster cannot do");
      }
      return start(cluster, plan, podName, killer);
    } catch (EnvironmentException e) {
      killer.execute(() -> remove(cluster, podName));
      throw e;
    } catch (IOException | RuntimeException e) {
      killer.execute(() -> remove(cluster, podName));
      throw new EnvironmentException("the cluster started no pod", e);
    }
  }

  private static PodEnvironment start(Cluster cluster, PodPlan plan, String name, Executor killer)
      throws EnvironmentException, IOException {
    PodState state = cluster.await(name, PodState::settled, plan.settings().patience());
    if (!state.running()) {
      throw new EnvironmentException("the pod does not run: " + state.complaint());
    }
    WardenStream output = new WardenStream();
    ExecWatch streams = cluster.attach(name, output.complaints());
    output.follow(streams.getOutput());
    OutputStream input = new WardenInput(streams.getInput());
    input.write(JOINED);
    input.flush();
    return new PodEnvironment(cluster, name, streams, input, output, killer);
  }

  /** The cluster's name of it. */
  String name() {
    return name;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public boolean alive() {
    return !streams.exitCode().isDone();
  }

  /** The warden ends everything when its input ends; the node ends the warden if it does not. */
  @Override
  public void kill() {
    if (killed.compareAndSet(false, true)) {
      killer.execute(this::killNow);
    }
  }

  @Override
  public Traces end() {
    boolean outOfMemory = false;
    try {
      outOfMemory = cluster.await(name, PodState::over, EXIT).outOfMemory();
    } catch (KubernetesClientException e) {
      LOG.atDebug().setCause(e).addKeyValue("pod", name).log("its end was not seen");
    }
    streams.close();
    remove(cluster, name);
    return new Traces(outOfMemory, false, new ByteSize(0), Duration.ZERO);
  }

  private void killNow() {
    streams.close();
    try {
      cluster.delete(name);
    } catch (KubernetesClientException e) {
      LOG.atWarn().setCause(e).addKeyValue("pod", name).log("the cluster does not end it");
    }
  }

  private static void remove(Cluster cluster, String name) {
    if (!cluster.remove(name)) {
      LOG.atWarn()
          .addKeyValue("pod", name)
          .log("the cluster does not remove it; the next start of the service tries again");
    }
  }
}
