package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.sandbox.guest.GuestProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a service without root asks of bubblewrap; with root, the conformance suite says it all. */
final class EnterCommandTest {
  private static final List<Mount> ROOT =
      List.of(
          new Mount.Folder("proc"),
          new Mount.Host("usr", Path.of("/usr")),
          new Mount.Device("dev/null", 3),
          new Mount.Link("tmp", "/task/tmp"),
          new Mount.Task("task"));

  private final List<String> words = words(Optional.empty());

  @Test
  void makesTheWholeRootAndClosesItAtTheEnd() {
    String line = String.join(" ", words);
    assertThat(line)
        .contains(
            "--dir /proc --ro-bind /usr /usr --dev-bind /dev/null /dev/null"
                + " --symlink /task/tmp /tmp --size 8388608 --tmpfs /task --remount-ro / --proc")
        .doesNotContain("--bind ", "--user ", "--stage ");
  }

  @Test
  void bringsInTheWayOutThatARunHas() {
    List<String> with = words(Optional.of(Path.of("/data/egress/1")));
    assertThat(with).containsSequence("--ro-bind", "/data/egress/1", "/egress", "--remount-ro");
    assertThat(words).doesNotContain("/egress");
  }

  @Test
  void leavesEveryNamespaceAndPrivilegeOutside() {
    assertThat(words)
        .contains("--unshare-user", "--unshare-pid", "--unshare-ipc")
        .contains("--unshare-net", "--unshare-uts", "--unshare-cgroup")
        .containsSequence("--cap-drop", "ALL", "--seccomp", "3")
        .containsSequence("--uid", "10001", "--gid", "10001");
  }

  @Test
  void joinsTheGroupBeforeAnythingElse() {
    assertThat(words).startsWith("/tools/warden", "enter", "--cgroup", "/groups/run.1");
    assertThat(words).containsSequence("--open", "/filter", "--open", "/groups/run.1/watched");
    assertThat(words).endsWith("init", "4", "5", "6", "7", "-", "8");
  }

  private static List<String> words(Optional<Path> wayOut) {
    return new EnterCommand(
            Path.of("/tools/warden"),
            Path.of("/usr/bin/bwrap"),
            Path.of("/filter"),
            ROOT,
            false,
            all -> all)
        .words(
            new FakeCgroup(Path.of("/groups/run.1")),
            0,
            GuestProbe.LIMITS.room(),
            wayOut,
            Optional.empty());
  }
}
