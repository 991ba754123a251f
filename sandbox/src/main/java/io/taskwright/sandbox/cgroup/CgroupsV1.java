package io.taskwright.sandbox.cgroup;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Version 1: one hierarchy for each kind of limit, below {@code /sys/fs/cgroup}. */
final class CgroupsV1 implements Cgroups {
  private static final long NO_LIMIT = 1L << 62;

  private final CgroupFolder memory;
  private final CgroupFolder cpu;
  private final CgroupFolder cpuacct;
  private final CgroupFolder pids;

  private CgroupsV1(Path mount, String parent) throws IOException {
    memory = hierarchy(mount, "memory", parent);
    cpu = hierarchy(mount, "cpu", parent);
    cpuacct = hierarchy(mount, "cpuacct", parent);
    pids = hierarchy(mount, "pids", parent);
  }

  static CgroupsV1 open(Path mount, String parent) throws IOException {
    CgroupsV1 groups = new CgroupsV1(mount, parent);
    groups.sweep();
    return groups;
  }

  @Override
  public Cgroup make(String name) throws IOException {
    return new Group(memory.make(name), cpu.make(name), cpuacct.make(name), pids.make(name));
  }

  @Override
  public String describe() {
    return "cgroup v1 at " + memory.path();
  }

  /** Some distributions mount two kinds at one place and link the names to it. */
  private static CgroupFolder hierarchy(Path mount, String kind, String parent) throws IOException {
    return new CgroupFolder(mount.resolve(kind).toRealPath()).make(parent);
  }

  private void sweep() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (CgroupFolder parent : List.of(memory, cpu, cpuacct, pids)) {
      for (CgroupFolder child : parent.children()) {
        names.add(String.valueOf(child.path().getFileName()));
      }
    }
    for (String name : names) {
      new Group(at(memory, name), at(cpu, name), at(cpuacct, name), at(pids, name)).remove();
    }
  }

  private static CgroupFolder at(CgroupFolder parent, String name) {
    return new CgroupFolder(parent.path().resolve(name));
  }

  private record Group(
      CgroupFolder memory, CgroupFolder cpu, CgroupFolder cpuacct, CgroupFolder pids)
      implements Cgroup {

    @Override
    public void limit(CgroupLimits limits) throws IOException {
      memory.write("memory.limit_in_bytes", limits.memory());
      if (memory.has("memory.memsw.limit_in_bytes")) {
        memory.write("memory.memsw.limit_in_bytes", limits.memory());
      }
      share(limits);
      cpu.write("cpu.cfs_period_us", CgroupLimits.PERIOD);
      cpu.write("cpu.cfs_quota_us", limits.quotaInPeriod());
      pids.write("pids.max", limits.processes());
    }

    @Override
    public void share(CgroupLimits limits) throws IOException {
      cpu.write("cpu.shares", limits.shares());
    }

    @Override
    public List<Path> folders() {
      return distinct().stream().map(CgroupFolder::path).toList();
    }

    @Override
    public List<Path> watched() {
      return List.of(
          memory.file("memory.usage_in_bytes"),
          memory.file("memory.stat"),
          memory.file("memory.oom_control"),
          pids.file("pids.events"),
          cpuacct.file("cpuacct.usage"));
    }

    @Override
    public CgroupLimits limits() {
      return new CgroupLimits(
          (int) (cpu.number("cpu.shares").orElse(0) * 1000 / 1024),
          (int) (cpu.number("cpu.cfs_quota_us").orElse(0) * 1000 / CgroupLimits.PERIOD),
          memory.number("memory.limit_in_bytes").orElse(NO_LIMIT),
          (int) pids.number("pids.max").orElse(Integer.MAX_VALUE));
    }

    @Override
    public Traces traces() {
      return new Traces(
          memory.number("memory.oom_control", "oom_kill").orElse(0) > 0,
          pids.number("pids.events", "max").orElse(0) > 0,
          new ByteSize(memory.number("memory.max_usage_in_bytes").orElse(0)),
          Duration.ofNanos(cpuacct.number("cpuacct.usage").orElse(0)));
    }

    @Override
    public void kill() {
      distinct().forEach(CgroupFolder::killProcesses);
    }

    @Override
    public boolean killOthers(long spared) {
      return pids.killProcessesBut(spared);
    }

    @Override
    public boolean remove() {
      return Removal.remove(distinct(), this::kill);
    }

    private List<CgroupFolder> distinct() {
      return new ArrayList<>(new LinkedHashSet<>(List.of(pids, memory, cpu, cpuacct)));
    }
  }
}
