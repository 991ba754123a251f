package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.ProbeReport.Check;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.cgroup.Cgroup;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks what this host lets bubblewrap hold: from inside by the warden, from outside by us. */
final class BubblewrapProbe {
  private static final List<String> NAMESPACES =
      List.of("user", "pid", "mnt", "net", "ipc", "uts", "cgroup");

  private final BubblewrapSandbox sandbox;
  private final boolean privileged;

  BubblewrapProbe(BubblewrapSandbox sandbox, boolean privileged) {
    this.sandbox = sandbox;
    this.privileged = privileged;
  }

  ProbeReport run() {
    List<Check> checks = new ArrayList<>(new GuestProbe(sandbox::start, privileged).run());
    try {
      checks.addAll(fromOutside());
    } catch (EnvironmentException | IOException e) {
      checks.add(new Check("an environment can be looked at from outside", false, e.toString()));
    }
    return new ProbeReport(checks);
  }

  /** Looks at the processes and limits of an environment that waits for its program. */
  private List<Check> fromOutside() throws EnvironmentException, IOException {
    Room room = GuestProbe.LIMITS.room();
    Cgroup cgroup = sandbox.group(sandbox.pool().nextName("probe"), room, Optional.empty());
    Environment environment = sandbox.open(cgroup, room, Optional.empty(), Optional.empty());
    List<Check> checks = new ArrayList<>();
    try {
      boolean ready = environment.output().read() == 1;
      checks.add(new Check("an environment stands and waits", ready, sandbox.describeGroups()));
      checks.add(unprivileged(cgroup));
      checks.add(apart(cgroup));
      CgroupLimits set = cgroup.limits();
      CgroupLimits asked = BubblewrapSandbox.bounds(room, false);
      checks.add(same("memory is bounded", asked.memory(), set.memory()));
      checks.add(same("processes are bounded", asked.processes(), set.processes()));
      checks.add(same("processor time is bounded", asked.quota(), set.quota()));
    } finally {
      environment.kill();
      environment.end();
    }
    boolean gone = cgroup.folders().stream().noneMatch(Files::exists);
    checks.add(new Check("nothing is left of an environment", gone, cgroup.folders().toString()));
    return checks;
  }

  /** A process that the host calls root would be root if it ever came out. */
  private static Check unprivileged(Cgroup cgroup) throws IOException {
    Set<String> users = new TreeSet<>();
    for (String pid : members(cgroup)) {
      for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
        if (line.startsWith("Uid:") || line.startsWith("Gid:")) {
          users.addAll(List.of(line.substring(4).strip().split("\\s+", -1)));
        }
      }
    }
    boolean none = !users.isEmpty() && !users.contains("0");
    return new Check("the host knows its processes as an unprivileged user", none, "" + users);
  }

  /**
   * By the kernel's names of the namespaces, because from inside another one looks like the host's
   * own. Bubblewrap outside, our child, stays with us.
   */
  private static Check apart(Cgroup cgroup) throws IOException {
    Set<String> shared = new TreeSet<>();
    int inside = 0;
    for (String pid : members(cgroup)) {
      Optional<Long> parent =
          ProcessHandle.of(Long.parseLong(pid))
              .flatMap(ProcessHandle::parent)
              .map(ProcessHandle::pid);
      if (!parent.equals(Optional.of(ProcessHandle.current().pid()))) {
        inside++;
        for (String kind : NAMESPACES) {
          if (namespace(pid, kind).equals(namespace("self", kind))) {
            shared.add(kind);
          }
        }
      }
    }
    String detail = inside + " processes inside share of the host's: " + shared;
    return new Check("no namespace is the host's", inside > 0 && shared.isEmpty(), detail);
  }

  private static Path namespace(String pid, String kind) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", pid, "ns", kind));
  }

  private static List<String> members(Cgroup cgroup) throws IOException {
    return Files.readAllLines(cgroup.folders().getFirst().resolve("cgroup.procs"));
  }

  private static Check same(String fact, long asked, long found) {
    return new Check(fact, asked == found, asked + " asked, " + found + " set");
  }
}
