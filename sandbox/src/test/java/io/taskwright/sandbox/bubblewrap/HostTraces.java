package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.sandbox.conformance.Mounts;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What bubblewrap's runs could leave on the host, looked for from outside. */
record HostTraces(String instance, int firstUser, Path folder, List<Path> files) {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  static HostTraces before(String instance, Path folder) throws EnvironmentException {
    int firstUser = new HostUsers(instance).take();
    return new HostTraces(instance, firstUser, folder, listed(folder));
  }

  void assertNoneLeft() {
    assertThat(groups()).as("control groups").isEmpty();
    assertThat(processes()).as("processes").isEmpty();
    assertThat(listed(folder)).as("files").isEqualTo(files);
    Mounts.assertNoneOf(folder);
  }

  List<Path> groups() {
    String parent = "taskwright-" + instance;
    try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
      return hierarchies
          .map(hierarchy -> hierarchy.resolve(parent))
          .filter(Files::isDirectory)
          .flatMap(HostTraces::folders)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> folders(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of the users that only this instance has, dead ones that nobody collected too. */
  List<String> processes() {
    return processes(process -> true);
  }

  /** Those of them that are not dead: after the service, collecting is the host's business. */
  List<String> running() {
    return processes(process -> !isDead(process));
  }

  private List<String> processes(Predicate<Path> which) {
    try (Stream<Path> files = Files.list(Path.of("/proc"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+"))
          .filter(file -> isOurs(user(file)))
          .filter(which)
          .map(file -> file + " " + user(file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** proc_pid_stat(5): the state follows the name, which stands in parentheses. */
  private static boolean isDead(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException e) {
      return true; // It has ended.
    }
  }

  private boolean isOurs(long user) {
    return user >= firstUser && user < firstUser + 1024;
  }

  private static long user(Path process) {
    try {
      return ((Number) Files.getAttribute(process, "unix:uid")).longValue();
    } catch (IOException e) {
      return 0; // It has ended.
    }
  }

  private static List<Path> listed(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
