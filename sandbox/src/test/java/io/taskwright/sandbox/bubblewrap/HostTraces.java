package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.sandbox.conformance.Mounts;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** Those of the users that only this instance has. */
  List<String> processes() {
    try (Stream<Path> files = Files.list(Path.of("/proc"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+"))
          .map(file -> file + " " + user(file))
          .filter(line -> isOurs(Long.parseLong(line.substring(line.indexOf(' ') + 1))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
