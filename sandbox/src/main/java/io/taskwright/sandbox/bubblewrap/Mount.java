package io.taskwright.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing in the root of an environment. All paths inside are relative to it. */
sealed interface Mount {
  /** An empty folder. */
  record Folder(String inside) implements Mount {}

  /** A symbolic link. */
  record Link(String inside, String target) implements Mount {}

  /** A folder of the host, read-only. */
  record Host(String inside, Path source) implements Mount {}

  /** A memory device of the kernel, by its minor number. */
  record Device(String inside, int minor) implements Mount {}

  /** The task's own folder, the only one that can be written. */
  record Task(String inside) implements Mount {}

  /**
   * The root of an environment, in the order in which it is made.
   *
   * @param tools where the warden and the harnesses are
   * @param etc the synthetic one
   * @param empty a folder to hide things behind
   */
  static List<Mount> root(Path tools, Path etc, Path empty, Optional<Path> jdk) {
    List<Mount> root = new ArrayList<>();
    root.add(new Folder("proc"));
    root.add(new Host("usr", Path.of("/usr")));
    if (Files.isDirectory(Path.of("/usr/local"))) {
      root.add(
          new Host("usr/local", empty)); // What an administrator put there is not ours to show.
    }
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64")) {
      fromHost(name).ifPresent(root::add);
    }
    root.add(new Host("etc", etc));
    root.add(new Folder("opt"));
    root.add(new Host("opt/taskwright", tools));
    jdk.ifPresent(home -> root.add(new Host("opt/jdk", home)));
    root.add(new Folder("dev"));
    root.add(new Device("dev/null", 3));
    root.add(new Device("dev/zero", 5));
    root.add(new Device("dev/full", 7));
    root.add(new Device("dev/random", 8));
    root.add(new Device("dev/urandom", 9));
    root.add(new Link("dev/fd", "/proc/self/fd"));
    root.add(new Link("dev/stdin", "/proc/self/fd/0"));
    root.add(new Link("dev/stdout", "/proc/self/fd/1"));
    root.add(new Link("dev/stderr", "/proc/self/fd/2"));
    root.add(new Link("dev/shm", "/task/shm"));
    root.add(new Link("work", "/task/work"));
    root.add(new Link("tmp", "/task/tmp"));
    root.add(new Task("task"));
    return List.copyOf(root);
  }

  /** Most distributions have linked these into {@code /usr}; on others they are folders. */
  private static Optional<Mount> fromHost(String name) {
    Path path = Path.of("/", name);
    try {
      if (Files.isSymbolicLink(path)) {
        return Optional.of(new Link(name, Files.readSymbolicLink(path).toString()));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Files.isDirectory(path) ? Optional.of(new Host(name, path)) : Optional.empty();
  }
}
