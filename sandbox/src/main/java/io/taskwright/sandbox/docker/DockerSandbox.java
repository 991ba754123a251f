package io.taskwright.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Container;
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
import io.taskwright.sandbox.guest.GuestTools;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.guest.JavaArchive;
import io.taskwright.sandbox.guest.Launch;
import io.taskwright.sandbox.guest.Layer;
import io.taskwright.sandbox.pool.EnvironmentPool;
import io.taskwright.sandbox.pool.WarmSettings;
import io.taskwright.sandbox.pool.WaysOut;
import io.taskwright.sandbox.seccomp.SeccompProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs in containers of a Docker engine, from an image of the project's own, each used
 * once and removed.
 */
public final class DockerSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(DockerSandbox.class);
  private static final String LABEL = "io.taskwright.instance";

  /** Containers that are made in advance at once: the engine waits more than it works. */
  private static final int MAKERS = 2;

  private final FolderLock lock;
  private final Engine engine;
  private final ContainerPlan plan;
  private final String instance;
  private final EnvironmentPool pool;
  private Interpreters interpreters;

  private DockerSandbox(
      FolderLock lock,
      Engine engine,
      ContainerPlan plan,
      String instance,
      WaysOut waysOut,
      WarmSettings warm,
      Interpreters interpreters) {
    this.lock = lock;
    this.engine = engine;
    this.plan = plan;
    this.instance = instance;
    this.pool =
        new EnvironmentPool(
            "docker", "taskwright-" + instance + "-", waysOut, this::open, warm, MAKERS);
    this.interpreters = interpreters;
  }

  /**
   * Prepares the back end, and removes what an earlier life of the instance left behind.
   *
   * @param instance names this service among those that use the engine
   * @param folder the service's own, on the engine's host, for what containers see
   * @param egress what runs may do with the network that their definitions ask for
   * @throws EnvironmentException if no engine answers or the image is not there; the message says
   *     what to do
   */
  public static DockerSandbox open(
      String instance, Path folder, EgressTerms egress, WarmSettings warm)
      throws EnvironmentException {
    return open(instance, folder, egress, warm, command -> command);
  }

  /**
   * Opens it with other containers.
   *
   * @param alteration what becomes of the command that makes one: a test takes parts of the
   *     isolation away
   */
  static DockerSandbox open(
      String instance,
      Path folder,
      EgressTerms egress,
      WarmSettings warm,
      UnaryOperator<CreateContainerCmd> alteration)
      throws EnvironmentException {
    FolderLock lock = FolderLock.take(folder);
    try {
      return open(instance, folder, egress, warm, alteration, lock, Engine.connect());
    } catch (EnvironmentException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Opens it with an engine, which is closed with it or if it cannot be opened. */
  static DockerSandbox open(
      String instance,
      Path folder,
      EgressTerms egress,
      WarmSettings warm,
      UnaryOperator<CreateContainerCmd> alteration,
      FolderLock lock,
      Engine engine)
      throws EnvironmentException {
    try {
      RuntimeImage image = RuntimeImage.own();
      String imageId =
          engine
              .idOf(image)
              .orElseThrow(() ->
                  new EnvironmentException(
                      "the engine at "
                          + engine.address()
                          + " has no image "
                          + image.name()
                          + ": build it with "
                          + RuntimeImage.SCRIPT));
      GuestTools tools = GuestTools.unpack(folder.toAbsolutePath());
      ContainerPlan plan =
          new ContainerPlan(
              image,
              tools.folder(),
              SeccompProfile.own().json(),
              Map.of(LABEL, instance),
              "2".equals(engine.info().getCGroupVersion()),
              alteration);
      DockerSandbox sandbox =
          new DockerSandbox(
              lock,
              engine,
              plan,
              instance,
              WaysOut.open(folder, egress),
              warm,
              Interpreters.OF_IMAGE);
      sandbox.sweep();
      sandbox.interpreters =
          new JavaArchive(tools, imageId).use(sandbox.interpreters, sandbox::start);
      return sandbox;
    } catch (EnvironmentException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return interpreters.runtimes();
  }

  @Override
  public ProbeReport probe() {
    return new DockerProbe(this, engine).run();
  }

  @Override
  public Run start(Program program, Limits limits, RunSink sink) {
    return start(program.name(), CodeContract.launch(program, limits, interpreters), limits, sink);
  }

  @Override
  public int waiting() {
    return pool.waiting();
  }

  @Override
  public void close() {
    pool.close();
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("the engine is away; the next start removes what is left");
    }
    engine.close();
    lock.close();
  }

  Run start(String program, Launch launch, Limits limits, RunSink sink) {
    return pool.start(program, launch, limits, sink);
  }

  /** Those that wait, and the names of all. */
  EnvironmentPool pool() {
    return pool;
  }

  DockerEnvironment open(String name, Room room, Optional<Path> wayOut, Optional<Layer> layer)
      throws EnvironmentException {
    return DockerEnvironment.open(engine, plan, name, room, wayOut, layer, pool.threads());
  }

  private void sweep() {
    for (Container container : engine.labelled(LABEL, instance)) {
      boolean _ = engine.remove(container.getId());
    }
  }
}
