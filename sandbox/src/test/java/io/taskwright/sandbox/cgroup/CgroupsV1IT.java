package io.taskwright.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwright.sandbox.conformance.Instances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Version 1 on the machine's own groups. */
final class CgroupsV1IT {
  private static final String INSTANCE = Instances.named("cgroup");
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
    Process process = sleepingIn(left);
    assertThat(left.killOthers(process.pid())).isFalse();
    Cgroups.open(Cgroups.MOUNT, INSTANCE);
    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(left.folders()).noneMatch(Files::exists);
  }

  @Test
  void leavesNoGroupWhoseLimitsTheKernelRefuses() throws Exception {
    Cgroups groups = Cgroups.open(Cgroups.MOUNT, INSTANCE);
    CgroupLimits refused = new CgroupLimits(500, 250, 32 << 20, -7);
    Cgroup made = groups.make("refused");
    assertThatThrownBy(() -> groups.create("refused", refused)).isInstanceOf(IOException.class);
    assertThat(made.folders()).noneMatch(Files::exists);
  }

  @Test
  void killsWhatIsInAGroup() throws Exception {
    Cgroup group = Cgroups.open(Cgroups.MOUNT, INSTANCE).create("killed", LIMITS);
    Process process = sleepingIn(group);
    group.kill();
    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(group.remove()).isTrue();
    assertThat(group.killOthers(1)).as("others in a group that is gone").isFalse();
  }

  @Test
  void givesUpRemovingWhenItIsInterrupted() throws Exception {
    Cgroup group = Cgroups.open(Cgroups.MOUNT, INSTANCE).create("busy", LIMITS);
    for (Path folder : group.folders()) {
      Files.createDirectory(folder.resolve("inner")); // What has children cannot be removed.
    }
    Thread.currentThread().interrupt();
    assertThat(group.remove()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    for (Path folder : group.folders()) {
      Files.delete(folder.resolve("inner"));
    }
    assertThat(group.remove()).isTrue();
  }

  private static Process sleepingIn(Cgroup group) throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    for (Path folder : group.folders()) {
      Files.writeString(folder.resolve("cgroup.procs"), Long.toString(process.pid()));
    }
    return process;
  }
}
