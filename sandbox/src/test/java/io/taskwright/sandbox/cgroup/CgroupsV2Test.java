package io.taskwright.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Version 2 on a folder with the kernel's file names: what is written where. That the kernel does
 * with it what it says is not tested here, because this project was made on hosts of version 1.
 */
final class CgroupsV2Test {
  private static final CgroupLimits LIMITS = new CgroupLimits(100, 1000, 64 << 20, 34);

  @TempDir Path mount;

  @Test
  void writesTheLimitsOfARun() throws Exception {
    Cgroup group = open().create("run.1", LIMITS);
    Path folder = mount.resolve("taskwright-x/run.1");
    assertThat(mount.resolve("cgroup.subtree_control")).hasContent("+memory +cpu +pids");
    assertThat(mount.resolve("taskwright-x/cgroup.subtree_control"))
        .hasContent("+memory +cpu +pids");
    assertThat(folder.resolve("memory.max")).hasContent(Long.toString(64 << 20));
    assertThat(folder.resolve("memory.oom.group")).hasContent("1");
    assertThat(folder.resolve("cpu.weight")).hasContent("4");
    assertThat(folder.resolve("cpu.max")).hasContent("100000 100000");
    assertThat(folder.resolve("pids.max")).hasContent("34");
    assertThat(group.folders()).containsExactly(folder);
    assertThat(group.watched().stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "memory.current", "memory.stat", "memory.events", "pids.events", "cpu.stat");
    assertThat(group.limits())
        .isEqualTo(new CgroupLimits(group.limits().share(), 1000, 64 << 20, 34));
    assertThat(group.limits().share()).isBetween(50, 100);
  }

  @Test
  void turnsSwapOffWhereThereIsAny() throws Exception {
    Path folder = Files.createDirectories(mount.resolve("taskwright-x"));
    Cgroups groups = open();
    Files.createDirectories(folder.resolve("run.2"));
    Files.writeString(folder.resolve("run.2/memory.swap.max"), "max");
    groups.create("run.2", LIMITS);
    assertThat(folder.resolve("run.2/memory.swap.max")).hasContent("0");
  }

  @Test
  void readsWhatTheKernelCounted() throws Exception {
    Cgroup group = open().create("run.3", LIMITS);
    assertThat(group.traces().outOfMemory()).isFalse();
    Path folder = group.folders().getFirst();
    Files.writeString(folder.resolve("memory.events"), "low 0\nmax 7\noom 1\noom_kill 1\n");
    Files.writeString(folder.resolve("memory.peak"), "4096\n");
    Files.writeString(folder.resolve("cpu.stat"), "usage_usec 1500\nuser_usec 1\n");
    Files.writeString(folder.resolve("pids.events"), "max 2\n");
    Traces traces = group.traces();
    assertThat(traces.outOfMemory()).isTrue();
    assertThat(traces.outOfProcesses()).isTrue();
    assertThat(traces.peakMemory().bytes()).isEqualTo(4096);
    assertThat(traces.cpu()).isEqualTo(Duration.ofNanos(1_500_000));
  }

  @Test
  void killsAll() throws Exception {
    Cgroup group = open().create("run.4", LIMITS);
    group.kill();
    assertThat(group.folders().getFirst().resolve("cgroup.kill")).hasContent("1");
    assertThat(group.killOthers(1)).isFalse();
  }

  @Test
  void killsOneByOneWhereTheKernelCannotKillAll() throws Exception {
    Cgroup group = open().create("run.6", LIMITS);
    Path folder = group.folders().getFirst();
    Files.createDirectory(folder.resolve("cgroup.kill"));
    Process process = new ProcessBuilder("sleep", "60").start();
    Files.writeString(folder.resolve("cgroup.procs"), process.pid() + "\n");
    group.kill();
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void removesWhatIsEmpty() throws Exception {
    Cgroups groups = open();
    Cgroup group = groups.create("run.5", LIMITS);
    try (Stream<Path> files = Files.list(group.folders().getFirst())) {
      for (Path file : files.toList()) {
        Files.delete(file); // The kernel's own files go with the folder.
      }
    }
    assertThat(group.remove()).isTrue();
    assertThat(group.folders().getFirst()).doesNotExist();
    assertThat(groups.describe()).contains("v2", "taskwright-x");
  }

  @Test
  void sweepsWhatAnEarlierLifeLeft() throws Exception {
    Path left = Files.createDirectories(mount.resolve("taskwright-x/left"));
    open();
    assertThat(left).doesNotExist();
  }

  @Test
  void emptiesItsOwnGroupBeforeItIsDivided() throws IOException {
    Path own = Files.createDirectories(mount.resolve("system.slice/taskwright.service"));
    Files.writeString(own.resolve("cgroup.procs"), "41\n42\n");
    CgroupFolder delegated =
        CgroupsV2.emptied(mount, List.of("12:pids:/x", "0::/system.slice/taskwright.service"));
    assertThat(delegated.path()).isEqualTo(own);
    assertThat(own.resolve("taskwright-service/cgroup.procs")).hasContent("42");
    assertThatThrownBy(() -> CgroupsV2.emptied(mount, List.of("12:pids:/x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no group of version 2");
  }

  @Test
  void saysWhenThereAreNoGroups(@TempDir Path empty) {
    assertThatThrownBy(() -> Cgroups.open(empty, "x"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("no control groups");
  }

  @Test
  void saysWhenTheyCannotBeMade(@TempDir Path broken) throws IOException {
    Files.createDirectories(broken.resolve("memory"));
    Files.writeString(broken.resolve("memory/cgroup.procs"), "");
    assertThatThrownBy(() -> Cgroups.open(broken, "x"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Delegate=yes");
  }

  private Cgroups open() throws EnvironmentException, IOException {
    Files.writeString(mount.resolve("cgroup.controllers"), "cpu memory pids");
    Files.writeString(mount.resolve("cgroup.subtree_control"), "");
    return Cgroups.open(mount, "x");
  }
}
