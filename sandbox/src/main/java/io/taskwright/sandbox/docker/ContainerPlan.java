package io.taskwright.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.egress.WayOut;
import io.taskwright.sandbox.guest.GuestRun;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.guest.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How each container is made.
 *
 * @param tools the folder of the warden and the harnesses, as the engine's host sees it
 * @param seccomp the profile, as JSON
 * @param labels by which the containers of this instance are found
 * @param unified whether the engine's host has control groups of version 2
 * @param alteration what becomes of the command in the end
 */
record ContainerPlan(
    RuntimeImage image,
    Path tools,
    String seccomp,
    Map<String, String> labels,
    boolean unified,
    UnaryOperator<CreateContainerCmd> alteration) {
  /** Of the warden, beside the program's own. */
  private static final int OWN_PROCESSES = 1;

  /** Of the warden, where there is a way out. */
  private static final int WAY_OUT_PROCESSES = 1;

  private static final long SHARED_MEMORY = 64L << 20;

  /** The image's own user. */
  private static final int USER = 10001;

  private static final List<String> FILES_V1 =
      List.of(
          "/sys/fs/cgroup/memory/memory.usage_in_bytes",
          "/sys/fs/cgroup/memory/memory.stat",
          "/sys/fs/cgroup/memory/memory.oom_control",
          "/sys/fs/cgroup/pids/pids.events",
          "/sys/fs/cgroup/memory/memory.max_usage_in_bytes",
          "/sys/fs/cgroup/cpuacct/cpuacct.usage");

  private static final List<String> FILES_V2 =
      List.of(
          "/sys/fs/cgroup/memory.current",
          "/sys/fs/cgroup/memory.stat",
          "/sys/fs/cgroup/memory.events",
          "/sys/fs/cgroup/pids.events",
          "/sys/fs/cgroup/memory.peak",
          "/sys/fs/cgroup/cpu.stat");

  /**
   * The command that makes a container.
   *
   * @param wayOut a folder of the host that is its way out
   * @param layer packages of the host that it sees
   */
  CreateContainerCmd create(
      DockerClient client, String name, Room room, Optional<Path> wayOut, Optional<Layer> layer) {
    List<String> files = unified ? FILES_V2 : FILES_V1;
    return alteration.apply(
        client
            .createContainerCmd(image.name())
            .withName(name)
            .withLabels(labels)
            .withEntrypoint(Interpreters.TOOLS + "/warden")
            .withCmd(Stream.concat(Stream.of("init"), files.stream()).toList())
            .withUser(USER + ":" + USER)
            .withHostName("sandbox")
            .withWorkingDir("/")
            .withEnv(List.of())
            .withStdinOpen(true)
            .withStdInOnce(true) // When we are gone, the warden sees the end of its input and ends.
            .withTty(false)
            .withNetworkDisabled(true)
            .withHostConfig(host(room, wayOut, layer)));
  }

  private HostConfig host(Room room, Optional<Path> wayOut, Optional<Layer> layer) {
    CgroupLimits bounds = bounds(room, wayOut.isPresent());
    return HostConfig.newHostConfig()
        .withNetworkMode("none")
        .withIpcMode("none") // A /dev/shm of our own.
        .withReadonlyRootfs(true)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges", "seccomp=" + seccomp))
        .withMemory(bounds.memory())
        .withMemorySwap(bounds.memory())
        .withOomKillDisable(false)
        .withOomScoreAdj(200)
        .withPidsLimit((long) bounds.processes())
        .withCpuShares(bounds.shares())
        .withCpuPeriod((long) CgroupLimits.PERIOD)
        .withCpuQuota((long) bounds.quotaInPeriod())
        .withUlimits(ulimits())
        .withTmpFs(folders(room))
        .withBinds(binds(wayOut, layer))
        .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
        .withInit(false);
  }

  static CgroupLimits bounds(Room room, boolean wayOut) {
    return CgroupLimits.of(room, OWN_PROCESSES + (wayOut ? WAY_OUT_PROCESSES : 0));
  }

  private List<Bind> binds(Optional<Path> wayOut, Optional<Layer> layer) {
    List<Bind> binds = new ArrayList<>();
    binds.add(readOnly(tools, Interpreters.TOOLS));
    wayOut.ifPresent(folder -> binds.add(readOnly(folder, WayOut.INSIDE)));
    layer.ifPresent(packages -> binds.add(readOnly(packages.folder(), packages.inside())));
    return binds;
  }

  private static Bind readOnly(Path folder, String inside) {
    return new Bind(folder.toString(), new Volume(inside), AccessMode.ro);
  }

  private static Ulimit[] ulimits() {
    return new Ulimit[] {
      new Ulimit("nofile", 1024L, 1024L), new Ulimit("core", 0L, 0L), new Ulimit("msgqueue", 0L, 0L)
    };
  }

  /** {@code /dev/shm} is no part of the task's folder here, so it counts as memory. */
  private static Map<String, String> folders(Room room) {
    String owner = ",uid=" + USER + ",gid=" + USER;
    long files = (long) room.files() + GuestRun.OWN_FILES;
    return Map.of(
        "/task",
        "rw,exec,nosuid,nodev,mode=0755,size="
            + room.disk().bytes()
            + ",nr_inodes="
            + files
            + owner,
        "/dev/shm",
        "rw,noexec,nosuid,nodev,mode=1777,size=" + SHARED_MEMORY + ",nr_inodes=1024" + owner);
  }
}
