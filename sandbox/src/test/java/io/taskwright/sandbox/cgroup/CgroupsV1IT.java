package io.taskwright.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Version 1 on the machine's own groups. */
final class CgroupsV1IT {
  private static final String INSTANCE = "it-cgroup";
  private static final CgroupLimits LIMITS = new CgroupLimits(500, 250, 32 << 20, 7);

  @BeforeAll
  static void needVersionOne() {
    assumeTrue(
        Files.isWritable(Path.of("/sys/fs/cgroup/memory")), "no writable groups of version 1 here");
  }

  @Test
  void setsReadsAndRemoves() throws Exception {
    Cgroups groups = Cgroups.open(Cgroups.MOUNT, INSTANCE);
    Cgroup group = groups.create("run", LIMITS);
    assertThat(group.limits()).isEqualTo(LIMITS);
    assertThat(group.watched()).allMatch(Files::isReadable);
    assertThat(group.traces().outOfMemory()).isFalse();
    assertThat(group.remove()).isTrue();
    assertThat(group.folders()).noneMatch(Files::exists);
    assertThat(groups.describe()).contains("v1");
  }

  @Test
  void endsWhatAnEarlierLifeLeft() throws Exception {
    Cgroup left = Cgroups.open(Cgroups.MOUNT, INSTANCE).create("left", LIMITS);
    Process process = new ProcessBuilder("sleep", "60").start();
    for (Path folder : left.folders()) {
      Files.writeString(folder.resolve("cgroup.procs"), Long.toString(process.pid()));
    }
    assertThat(left.killOthers(process.pid())).isFalse();
    Cgroups.open(Cgroups.MOUNT, INSTANCE);
    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(left.folders()).noneMatch(Files::exists);
  }
}
