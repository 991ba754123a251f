package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.conformance.Weakening;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.pool.WarmSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever part of the isolation is taken away, the probe finds it and the back end is refused. */
final class BubblewrapRefusalIT {
  private static final Path FOLDER = Path.of("target/sandbox-it/refusal").toAbsolutePath();
  private static final Path BWRAP = Path.of("/usr/bin/bwrap");

  /**
   * Where set-user bits count and everybody may look: homes are closed, /tmp often ignores them.
   */
  private static final Path OPEN = Path.of("/var/tmp");

  private static Path open;
  private static Path setUserBwrap;
  private static Path foreign;

  @BeforeAll
  static void prepare() throws IOException {
    open = Files.createTempDirectory(OPEN, "taskwright-refusal");
    Files.setAttribute(open, "unix:mode", 0711);
    setUserBwrap = Files.copy(BWRAP, open.resolve("bwrap"));
    Files.setAttribute(setUserBwrap, "unix:mode", 04755);
    foreign = Files.createDirectory(open.resolve("foreign"));
    Files.setAttribute(foreign, "unix:mode", 0777);
  }

  @AfterAll
  static void clear() throws IOException {
    for (Path path : List.of(setUserBwrap, foreign, open)) {
      Files.delete(path);
    }
  }

  static List<Weakening<List<String>>> parts() {
    String end = "a program can be run to its end";
    String apart = "no namespace is the host's";
    return List.of(
        new Weakening<>("filter", without("--seccomp", 2), "system calls are filtered"),
        new Weakening<>("network", without("--unshare-net", 1), "there is no network interface"),
        new Weakening<>("process namespace", without("--unshare-pid", 1), end),
        new Weakening<>("user namespace", withoutUserNamespace(), apart),
        new Weakening<>("message namespace", without("--unshare-ipc", 1), apart),
        new Weakening<>(
            "host name", without("--unshare-uts", 1).then(without("--hostname", 2)), apart),
        new Weakening<>("group namespace", without("--unshare-cgroup", 1), apart),
        new Weakening<>("bytes", tmpfs(1, "99999999"), "the task's folder is bounded in bytes"),
        new Weakening<>("files", tmpfs(2, "99999"), "the task's folder is bounded in files"),
        new Weakening<>(
            "groups", without("--cgroup", 2), "a program that takes too much memory is killed"),
        new Weakening<>("user", user("0"), end),
        new Weakening<>("homes", bound("/etc", "home"), "nobody's home is there"),
        new Weakening<>(
            "read-only folders", writable(foreign), "nothing else is mounted writable"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void regressR11RefusesToRunWithout(Weakening<List<String>> part) throws EnvironmentException {
    try (BubblewrapSandbox sandbox =
        BubblewrapSandbox.open(
            Instances.named("refusal"),
            FOLDER,
            EgressTerms.DEFAULT,
            WarmSettings.NONE,
            BWRAP,
            part.alteration())) {
      part.assertFound(sandbox);
    }
  }

  @Test
  void refusesToRunWithoutBubblewrap() {
    assertThatThrownBy(() ->
            BubblewrapSandbox.open(
                Instances.named("refusal"),
                FOLDER,
                EgressTerms.DEFAULT,
                WarmSettings.NONE,
                Path.of("/usr/bin/no-bwrap"),
                words -> words))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("apt-get install bubblewrap");
  }

  /** What becomes of the command line. */
  interface Alteration extends UnaryOperator<List<String>> {
    default Alteration then(Alteration next) {
      return words -> next.apply(apply(words));
    }
  }

  /**
   * Bubblewrap makes a user namespace unasked, unless it is installed with the set-user bit, as
   * some distributions do. Users cannot be translated without one.
   */
  private static Alteration withoutUserNamespace() {
    Alteration asked =
        without("--unshare-user", 1).then(without("--uid", 2)).then(without("--gid", 2));
    return asked.then(words -> {
      List<String> changed = new ArrayList<>(words);
      changed.set(changed.indexOf(BWRAP.toString()), setUserBwrap.toString());
      return changed;
    });
  }

  /** Takes the word away wherever it is, with what follows it. */
  private static Alteration without(String word, int length) {
    return words -> {
      List<String> rest = new ArrayList<>(words);
      for (int at; (at = rest.indexOf(word)) >= 0; ) {
        rest.subList(at, at + length).clear();
      }
      return rest;
    };
  }

  private static Alteration tmpfs(int offset, String value) {
    return words -> {
      List<String> changed = new ArrayList<>(words);
      changed.set(changed.indexOf("--tmpfs") + 1 + offset, value);
      return changed;
    };
  }

  private static Alteration user(String id) {
    return words -> {
      List<String> changed = new ArrayList<>(words);
      changed.set(changed.indexOf("--user") + 1, id);
      return changed;
    };
  }

  /** Brings a folder that everybody may write in, by bubblewrap: the warden's are read-only. */
  private static Alteration writable(Path folder) {
    return words -> {
      List<String> changed = new ArrayList<>(words);
      changed.addAll(changed.indexOf("--proc"), List.of("--bind", folder.toString(), "/data"));
      changed.addAll(changed.indexOf("--link"), List.of("--dir", "data"));
      return changed;
    };
  }

  /** Puts a folder of the host in place of one of the environment. */
  private static Alteration bound(String source, String inside) {
    return words -> {
      List<String> changed = new ArrayList<>(words);
      int at = changed.indexOf("--link");
      changed.addAll(at, List.of("--bind", source, inside));
      return changed;
    };
  }
}
