package io.taskwright.sandbox.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.ProbeReport.Check;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what the engine holds: from inside by the warden, from outside by what it says. */
final class DockerProbe {
  private final DockerSandbox sandbox;
  private final Engine engine;

  DockerProbe(DockerSandbox sandbox, Engine engine) {
    this.sandbox = sandbox;
    this.engine = engine;
  }

  ProbeReport run() {
    List<Check> checks = new ArrayList<>(new GuestProbe(sandbox::start, true).run());
    try {
      checks.addAll(fromOutside());
    } catch (EnvironmentException | IOException e) {
      checks.add(new Check("a container can be looked at from outside", false, e.toString()));
    }
    return new ProbeReport(checks);
  }

  private List<Check> fromOutside() throws EnvironmentException, IOException {
    Room room = GuestProbe.LIMITS.room();
    DockerEnvironment environment =
        sandbox.open(sandbox.pool().nextName("probe"), room, Optional.empty(), Optional.empty());
    List<Check> checks = new ArrayList<>();
    try {
      boolean ready = environment.output().read() == 1;
      checks.add(new Check("a container stands and waits", ready, engine.address()));
      InspectContainerResponse found =
          engine.commands().inspectContainerCmd(environment.id()).exec();
      checks.addAll(settings(found.getHostConfig(), ContainerPlan.bounds(room, false)));
      checks.add(unprivileged(found));
    } finally {
      environment.kill();
      environment.end();
    }
    checks.add(new Check("nothing is left of a container", isGone(environment.id()), "removed"));
    return checks;
  }

  private static List<Check> settings(HostConfig host, CgroupLimits bounds) {
    return List.of(
        same("memory is bounded", bounds.memory(), host.getMemory()),
        same("swap is bounded", bounds.memory(), host.getMemorySwap()),
        same("processes are bounded", (long) bounds.processes(), host.getPidsLimit()),
        same("processor time is bounded", (long) bounds.quotaInPeriod(), host.getCpuQuota()),
        same("containers are not privileged", false, host.getPrivileged()),
        same("the root is read-only", true, host.getReadonlyRootfs()),
        same("there is no network", "none", host.getNetworkMode()),
        same("messages are not the host's", "none", host.getIpcMode()),
        own("processes are not the host's", host.getPidMode()),
        own("the name of the host is not the host's", host.getUtSMode()),
        own("users are the host's only if the engine wants it so", host.getUsernsMode()),
        same(
            "nothing is logged to the host's disk",
            "none",
            host.getLogConfig().getType().getType()));
  }

  /** Engines have several words for a namespace of its own, and two for one of somebody else's. */
  private static Check own(String fact, @Nullable String mode) {
    boolean shared = mode != null && (mode.equals("host") || mode.startsWith("container:"));
    return new Check(fact, !shared, "mode " + mode);
  }

  /** As the host sees it, where the engine's host is ours. */
  private static Check unprivileged(InspectContainerResponse found) throws IOException {
    String fact = "the host knows its processes as an unprivileged user";
    Long pid = found.getState().getPidLong();
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    if (!Files.isReadable(status)) {
      return new Check(fact, true, "the engine is elsewhere; inside it is no root either");
    }
    List<String> users =
        Files.readAllLines(status).stream().filter(line -> line.startsWith("Uid:")).toList();
    boolean none = users.stream().noneMatch(line -> line.matches("Uid:.*\\s0(\\s.*|$)"));
    return new Check(fact, none, users.toString());
  }

  private boolean isGone(String id) {
    try {
      engine.commands().inspectContainerCmd(id).exec();
      return false;
    } catch (NotFoundException e) {
      return true;
    }
  }

  private static Check same(String fact, Object asked, @Nullable Object found) {
    return new Check(fact, Objects.equals(asked, found), asked + " asked, " + found + " set");
  }
}
