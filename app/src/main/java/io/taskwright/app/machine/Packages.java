package io.taskwright.app.machine;

import java.time.Duration;
import java.util.Map;

/** The package manager of the system, when it is one that can be used without asking anybody. */
public final class Packages {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Map<String, String> QUIET = Map.of("DEBIAN_FRONTEND", "noninteractive");

  private final SearchPath path;

  public Packages(SearchPath path) {
    this.path = path;
  }

  /** Whether packages can be installed: Debian's tools are there and this process is root. */
  public boolean usable() {
    return Machine.root() && path.find("apt-get").isPresent();
  }

  /** Installs a package; the lists are fetched again when it is not known. */
  public boolean install(String name, Progress progress) {
    progress.say("Installing %s (apt-get)".formatted(name));
    if (get(name)) {
      return true;
    }
    return Tool.of("apt-get", "-q", "-y", "update").with(QUIET).run(LIMIT).succeeded() && get(name);
  }

  private static boolean get(String name) {
    return Tool.of("apt-get", "-q", "-y", "install", "--no-install-recommends", name)
        .with(QUIET)
        .run(LIMIT)
        .succeeded();
  }
}
