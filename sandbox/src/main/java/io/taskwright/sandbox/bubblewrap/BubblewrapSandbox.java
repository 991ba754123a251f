package io.taskwright.sandbox.bubblewrap;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.cgroup.Cgroup;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.cgroup.Cgroups;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.CodeContract;
import io.taskwright.sandbox.guest.Environment;
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
import io.taskwright.sandbox.seccomp.Architecture;
import io.taskwright.sandbox.seccomp.BpfCompiler;
import io.taskwright.sandbox.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Runs programs by the host's own interpreters, in namespaces that bubblewrap makes, in control
 * groups, under the project's own list of system calls, as a user of the host that nobody else is.
 */
public final class BubblewrapSandbox implements Sandbox {
  /** Of the warden and bubblewrap, beside the program's own. */
  private static final int OWN_PROCESSES = 2;

  /** Of the warden, where there is a way out. */
  private static final int WAY_OUT_PROCESSES = 1;

  /** Environments that are made in advance at once: it takes a core for some milliseconds. */
  private static final int MAKERS = 1;

  private static final Path BWRAP = Path.of("/usr/bin/bwrap");

  private final FolderLock lock;
  private final Cgroups cgroups;
  private final EnterCommand command;
  private final boolean privileged;
  private final HostUsers users;
  private final EnvironmentPool pool;
  private Interpreters interpreters;

  private BubblewrapSandbox(
      FolderLock lock,
      Cgroups cgroups,
      EnterCommand command,
      boolean privileged,
      HostUsers users,
      WaysOut waysOut,
      WarmSettings warm,
      Interpreters interpreters) {
    this.lock = lock;
    this.cgroups = cgroups;
    this.command = command;
    this.privileged = privileged;
    this.users = users;
    this.pool = new EnvironmentPool("bubblewrap", "", waysOut, this::open, warm, MAKERS);
    this.interpreters = interpreters;
  }

  /**
   * Prepares the back end, and ends what an earlier life of the instance left behind.
   *
   * @param instance names this service among those on the host
   * @param folder the service's own, for what environments see; not shared with another service
   * @param egress what runs may do with the network that their definitions ask for
   * @throws EnvironmentException if the host lacks what it needs; the message says what to install
   */
  public static BubblewrapSandbox open(
      String instance, Path folder, EgressTerms egress, WarmSettings warm)
      throws EnvironmentException {
    return open(instance, folder, egress, warm, BWRAP, words -> words);
  }

  /**
   * Opens it with another bubblewrap.
   *
   * @param words what becomes of the command line: a test takes parts of the isolation away
   */
  static BubblewrapSandbox open(
      String instance,
      Path folder,
      EgressTerms egress,
      WarmSettings warm,
      Path bwrap,
      UnaryOperator<List<String>> words)
      throws EnvironmentException {
    if (!Files.isExecutable(bwrap)) {
      throw new EnvironmentException(
          bwrap + " is not there; on Debian and Ubuntu: apt-get install bubblewrap");
    }
    Architecture architecture =
        Architecture.current()
            .orElseThrow(() -> new EnvironmentException("no environments on this processor"));
    FolderLock lock = FolderLock.take(folder);
    try {
      GuestTools tools = GuestTools.unpack(folder);
      Path filter = folder.resolve("seccomp.bpf");
      GuestTools.lay(
          filter, BpfCompiler.compile(SeccompProfile.own(), architecture).bytes(), false);
      Path etc = folder.resolve("etc");
      SyntheticEtc.lay(etc, Path.of("/etc"));
      Path empty = Files.createDirectories(folder.resolve("empty"));
      boolean privileged = isRoot();
      HostInterpreters host = HostInterpreters.find();
      EnterCommand command =
          new EnterCommand(
              tools.warden(),
              bwrap,
              filter,
              Mount.root(tools.folder(), etc, empty, host.jdk()),
              privileged,
              words);
      BubblewrapSandbox sandbox =
          new BubblewrapSandbox(
              lock,
              Cgroups.open(Cgroups.MOUNT, instance),
              command,
              privileged,
              new HostUsers(instance),
              WaysOut.open(folder, egress),
              warm,
              new Interpreters(host.programs(), Optional.empty()));
      sandbox.interpreters =
          new JavaArchive(tools, host.jdkVersion()).use(sandbox.interpreters, sandbox::start);
      return sandbox;
    } catch (IOException e) {
      lock.close();
      throw new EnvironmentException("bubblewrap's folder " + folder + " cannot be laid out", e);
    } catch (EnvironmentException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public Set<TaskRuntime> runtimes() {
    return interpreters.runtimes();
  }

  @Override
  public ProbeReport probe() {
    return new BubblewrapProbe(this, privileged).run();
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
    lock.close();
  }

  Run start(String program, Launch launch, Limits limits, RunSink sink) {
    return pool.start(program, launch, limits, sink);
  }

  /** What the groups are and where. */
  String describeGroups() {
    return cgroups.describe();
  }

  /** Those that wait, and the names of all. */
  EnvironmentPool pool() {
    return pool;
  }

  private Environment open(String name, Room room, Optional<Path> wayOut, Optional<Layer> layer)
      throws EnvironmentException {
    return open(group(name, room, wayOut), room, wayOut, layer);
  }

  Cgroup group(String name, Room room, Optional<Path> wayOut) throws EnvironmentException {
    try {
      return cgroups.create(name, bounds(room, wayOut.isPresent()).ofOurs());
    } catch (IOException e) {
      throw new EnvironmentException("no control group could be made", e);
    }
  }

  Environment open(Cgroup cgroup, Room room, Optional<Path> wayOut, Optional<Layer> layer)
      throws EnvironmentException {
    int user;
    try {
      user = privileged ? users.take() : 0;
    } catch (EnvironmentException e) {
      cgroup.remove();
      throw e;
    }
    return BubblewrapEnvironment.open(
        cgroup,
        bounds(room, wayOut.isPresent()),
        command.words(cgroup, user, room, wayOut, layer),
        () -> {
          if (privileged) {
            users.giveBack(user);
          }
        });
  }

  static CgroupLimits bounds(Room room, boolean wayOut) {
    return CgroupLimits.of(room, OWN_PROCESSES + (wayOut ? WAY_OUT_PROCESSES : 0));
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
