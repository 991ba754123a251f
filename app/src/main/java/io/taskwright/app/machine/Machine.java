package io.taskwright.app.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Facts about this machine that several places ask for. */
public final class Machine {
  private Machine() {}

  /** Whether this process may do everything. */
  public static boolean root() {
    return user() == 0;
  }

  /** The number of the user that this process runs as. */
  public static int user() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new Obstacle(
          "Cannot read /proc/self: Taskwright's local parts need Linux with /proc.", e);
    }
  }

  /**
   * The home of this process's user: {@code $HOME} as for every other program. Java alone would
   * look the user up, who may have another home there, or none.
   */
  public static Path home() {
    return Optional.ofNullable(System.getenv("HOME"))
        .filter(folder -> folder.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home")));
  }

  /** Whether a process may make a user namespace of its own; asked by making one. */
  public static boolean userNamespaces() {
    return SearchPath.ofEnvironment().find("unshare").isPresent()
        && Tool.of("unshare", "--user", "--", "true").run(Duration.ofSeconds(10)).succeeded();
  }
}
