package io.taskwright.app.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Which control groups this machine has, by which the limits of tasks are held. */
enum ControlGroups {
  /** One hierarchy. */
  V2,
  /** A hierarchy for each kind of limit. */
  V1,
  NONE;

  private static final String USE = "holds the limits of memory, cpu and processes";

  static ControlGroups of(Path mount) {
    if (Files.exists(mount.resolve("cgroup.controllers"))) {
      return V2;
    }
    return Files.isDirectory(mount.resolve("memory")) ? V1 : NONE;
  }

  Finding finding() {
    return switch (this) {
      case V2 -> Finding.ok("cgroups", "version 2", USE);
      case V1 -> Finding.ok("cgroups", "version 1", USE);
      case NONE ->
          Finding.limited("cgroups", "none", USE, "mount them; tasks are not run without limits");
    };
  }
}
