package io.taskwright.sandbox.cgroup;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Version 2: one tree, of which a part is ours.
 *
 * <p>Written after the kernel's documentation and tested on a folder with the same files only: the
 * machine that this was made on has its controllers in version 1.
 */
final class CgroupsV2 implements Cgroups {
  private static final String CONTROLLERS = "+memory +cpu +pids";
  private static final long NO_LIMIT = 1L << 62;

  private final CgroupFolder parent;

  private CgroupsV2(CgroupFolder parent) {
    this.parent = parent;
  }

  /**
   * Opens the part of the tree.
   *
   * @param base a group that this process may divide; none of our processes may stay in it
   */
  static CgroupsV2 open(CgroupFolder base, String name) throws IOException {
    base.write("cgroup.subtree_control", CONTROLLERS);
    CgroupFolder parent = base.make(name);
    parent.write("cgroup.subtree_control", CONTROLLERS);
    for (CgroupFolder child : parent.children()) {
      new Group(child).remove();
    }
    return new CgroupsV2(parent);
  }

  /**
   * The group that we may divide: the root for root; else our own, which is emptied into a child,
   * because the kernel divides only groups without processes.
   */
  static CgroupFolder delegated(Path mount) throws IOException {
    CgroupFolder root = new CgroupFolder(mount);
    if (Files.isWritable(root.file("cgroup.subtree_control"))) {
      return root;
    }
    return emptied(mount, Files.readAllLines(Path.of("/proc/self/cgroup")));
  }

  static CgroupFolder emptied(Path mount, List<String> memberships) throws IOException {
    String own =
        memberships.stream()
            .filter(line -> line.startsWith("0::/"))
            .map(line -> line.substring("0::/".length()))
            .findFirst()
            .orElseThrow(() -> new IOException("this process is in no group of version 2"));
    CgroupFolder group = new CgroupFolder(mount.resolve(own));
    CgroupFolder service = group.make("taskwright-service");
    for (long pid : group.processes()) {
      service.write("cgroup.procs", pid);
    }
    return group;
  }

  @Override
  public Cgroup make(String name) throws IOException {
    return new Group(parent.make(name));
  }

  @Override
  public String describe() {
    return "cgroup v2 at " + parent.path();
  }

  private record Group(CgroupFolder folder) implements Cgroup {
    @Override
    public void limit(CgroupLimits limits) throws IOException {
      folder.write("memory.max", limits.memory());
      if (folder.has("memory.swap.max")) {
        folder.write("memory.swap.max", 0);
      }
      folder.write("memory.oom.group", 1); // One dead process is the end of the program.
      share(limits);
      folder.write("cpu.max", limits.quotaInPeriod() + " " + CgroupLimits.PERIOD);
      folder.write("pids.max", limits.processes());
    }

    @Override
    public void share(CgroupLimits limits) throws IOException {
      folder.write("cpu.weight", limits.weight());
    }

    @Override
    public List<Path> folders() {
      return List.of(folder.path());
    }

    @Override
    public List<Path> watched() {
      return List.of(
          folder.file("memory.current"),
          folder.file("memory.stat"),
          folder.file("memory.events"),
          folder.file("pids.events"),
          folder.file("cpu.stat"));
    }

    @Override
    public CgroupLimits limits() {
      return new CgroupLimits(
          (int) shareOf(folder.number("cpu.weight").orElse(0)),
          (int) (folder.number("cpu.max").orElse(0) * 1000 / CgroupLimits.PERIOD),
          folder.number("memory.max").orElse(NO_LIMIT),
          (int) folder.number("pids.max").orElse(Integer.MAX_VALUE));
    }

    private static long shareOf(long weight) {
      return (2 + (weight - 1) * 262142 / 9999) * 1000 / 1024;
    }

    @Override
    public Traces traces() {
      return new Traces(
          folder.number("memory.events", "oom_kill").orElse(0) > 0,
          folder.number("pids.events", "max").orElse(0) > 0,
          new ByteSize(folder.number("memory.peak").orElse(0)),
          Duration.of(folder.number("cpu.stat", "usage_usec").orElse(0), ChronoUnit.MICROS));
    }

    @Override
    public void kill() {
      try {
        folder.write("cgroup.kill", 1);
      } catch (IOException e) {
        folder.killProcesses(); // Linux before 5.14, or it is gone already.
      }
    }

    @Override
    public boolean killOthers(long spared) {
      return folder.killProcessesBut(spared);
    }

    @Override
    public boolean remove() {
      return Removal.remove(List.of(folder), this::kill);
    }
  }
}
