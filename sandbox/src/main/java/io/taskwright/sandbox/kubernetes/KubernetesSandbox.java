package io.taskwright.sandbox.kubernetes;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.CodeContract;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.FolderLock;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.guest.Launch;
import io.taskwright.sandbox.pool.EnvironmentPool;
import io.taskwright.sandbox.pool.WarmSettings;
import io.taskwright.sandbox.pool.WaysOut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Runs programs in pods of a cluster, each used once and removed. They have no network at all, so
 * programs that ask for one, or for packages, are refused.
 */
public final class KubernetesSandbox implements Sandbox {
  /** What builds the image, seen from the project's folder. */
  static final String SCRIPT = "images/kubernetes/build.sh";

  /** Whose the pods are. */
  static final String LABEL = "taskwright.io/instance";

  /** Pods that are made in advance at once: the cluster does the work. */
  private static final int MAKERS = 4;

  /** The longest time of an attempt, and some. */
  private static final Duration LONGEST_RUN = Duration.ofHours(25);

  private final FolderLock lock;
  private final Cluster cluster;
  private final PodPlan plan;
  private final EnvironmentPool pool;

  private KubernetesSandbox(
      FolderLock lock,
      Cluster cluster,
      PodPlan plan,
      String instance,
      WaysOut waysOut,
      WarmSettings warm) {
    this.lock = lock;
    this.cluster = cluster;
    this.plan = plan;
    this.pool =
        new EnvironmentPool(
            "kubernetes",
            instance + "-",
            waysOut,
            (name, room, _, _) -> open(name, room),
            warm,
            MAKERS);
  }

  /**
   * Prepares the back end, and removes what an earlier life of the instance left behind.
   *
   * @param instance names this service among those that use the namespace
   * @param folder the service's own
   * @throws EnvironmentException if the cluster does not answer, or cannot keep pods from the
   *     network; the message says what to do
   */
  public static KubernetesSandbox open(
      String instance, Path folder, KubernetesSettings settings, WarmSettings warm)
      throws EnvironmentException {
    return open(instance, folder, settings, warm, Cluster.connect(settings.namespace()));
  }

  /** Opens it with a cluster, which is closed with it or if it cannot be opened. */
  static KubernetesSandbox open(
      String instance, Path folder, KubernetesSettings settings, WarmSettings warm, Cluster cluster)
      throws EnvironmentException {
    try {
      FolderLock lock = FolderLock.take(folder);
      try {
        Map<String, String> labels =
            Map.of("app.kubernetes.io/managed-by", "taskwright", LABEL, instance);
        new Isolation(cluster, settings.namespace(), instance, labels).establish();
        cluster.sweep(labels);
        return new KubernetesSandbox(
            lock,
            cluster,
            new PodPlan(settings, labels, LONGEST_RUN.plus(warm.age())),
            instance,
            WaysOut.open(folder, EgressTerms.DEFAULT),
            warm);
      } catch (EnvironmentException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (EnvironmentException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return Interpreters.OF_IMAGE.runtimes();
  }

  @Override
  public ProbeReport probe() {
    return new KubernetesProbe(this, cluster).run();
  }

  @Override
  public Run start(Program program, Limits limits, RunSink sink) {
    return start(
        program.name(), CodeContract.launch(program, limits, Interpreters.OF_IMAGE), limits, sink);
  }

  @Override
  public int waiting() {
    return pool.waiting();
  }

  @Override
  public void close() {
    pool.close();
    cluster.sweep(plan.labels());
    cluster.close();
    lock.close();
  }

  Run start(String program, Launch launch, Limits limits, RunSink sink) {
    if (!launch.egress().isEmpty()) {
      return new RefusedRun(
          pool.nextName(program),
          "pods have no way out: let an executor with bubblewrap or Docker take tasks with"
              + " securityContext.egress");
    }
    if (launch.layer().isPresent()) {
      return new RefusedRun(
          pool.nextName(program),
          "pods see no packages: let an executor with bubblewrap or Docker take tasks with"
              + " dependencies, or put them into the image");
    }
    return pool.start(program, launch, limits, sink);
  }

  /** Those that wait, and the names of all. */
  EnvironmentPool pool() {
    return pool;
  }

  PodEnvironment open(String name, Room room) throws EnvironmentException {
    return PodEnvironment.open(cluster, plan, name, room, pool.threads());
  }
}
