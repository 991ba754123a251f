package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever part of the isolation is taken away, the probe finds it and the back end is refused. */
final class RefusalIT {
  private static final Path FOLDER = Path.of("target/sandbox-it/refusal").toAbsolutePath();

  /** A part of the isolation that is taken away, and the check that misses it. */
  record Part(String name, Alteration alteration, String check) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Part> parts() {
    String end = "a program can be run to its end";
    return List.of(
        new Part("filter", without("--seccomp", 2), "system calls are filtered"),
        new Part("network", without("--unshare-net", 1), "there is no network interface"),
        new Part("process namespace", without("--unshare-pid", 1), end),
        new Part("bytes", tmpfs(1, "99999999"), "the task's folder is bounded in bytes"),
        new Part("files", tmpfs(2, "99999"), "the task's folder is bounded in files"),
        new Part(
            "groups", without("--cgroup", 2), "a program that takes too much memory is killed"),
        new Part("user", user("0"), end),
        new Part("homes", bound("/etc", "home"), "nobody's home is there"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void refusesToRunWithout(Part part) throws EnvironmentException {
    try (BubblewrapSandbox sandbox =
        BubblewrapSandbox.open(
            "it-refusal", FOLDER, Path.of("/usr/bin/bwrap"), part.alteration())) {
      ProbeReport report = sandbox.probe();
      assertThat(report.passed()).isFalse();
      assertThat(
              report.checks().stream()
                  .filter(check -> !check.passed())
                  .map(ProbeReport.Check::name))
          .contains(part.check());
    }
  }

  @Test
  void refusesToRunWithoutBubblewrap() {
    assertThatThrownBy(() ->
            BubblewrapSandbox.open(
                "it-refusal", FOLDER, Path.of("/usr/bin/no-bwrap"), words -> words))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("apt-get install bubblewrap");
  }

  /** What becomes of the command line. */
  interface Alteration extends UnaryOperator<List<String>> {}

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

  /** Puts a writable folder of the host in place of one of the environment. */
  private static Alteration bound(String source, String inside) {
    return words -> {
      List<String> changed = new ArrayList<>(words);
      int at = changed.indexOf("--link");
      changed.addAll(at, List.of("--bind", source, inside));
      return changed;
    };
  }
}
