package io.taskwright.sandbox.cgroup;

import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the control groups of one instance of the service, all below one parent of its own. */
public interface Cgroups {
  /** Where Linux distributions mount them. */
  Path MOUNT = Path.of("/sys/fs/cgroup");

  /** Makes a group for one run, without limits yet. */
  Cgroup make(String name) throws IOException;

  /**
   * Makes a group for one run; nothing is left of it if its limits cannot be set.
   *
   * @param name unique among the runs of the instance
   */
  default Cgroup create(String name, CgroupLimits limits) throws IOException {
    Cgroup group = make(name);
    try {
      group.limit(limits);
      return group;
    } catch (IOException e) {
      group.remove();
      throw e;
    }
  }

  /** Which version this is, and where: for the operator. */
  String describe();

  /**
   * Opens what the host offers, and ends what an earlier life of the instance left behind.
   *
   * @param mount usually {@link #MOUNT}
   * @param instance part of the parent's name
   * @throws EnvironmentException if there is neither version, or it cannot be written
   */
  static Cgroups open(Path mount, String instance) throws EnvironmentException {
    String parent = "taskwright-" + instance;
    try {
      if (Files.exists(mount.resolve("memory/cgroup.procs"))) {
        return CgroupsV1.open(mount, parent);
      }
      if (Files.exists(mount.resolve("cgroup.controllers"))) {
        return CgroupsV2.open(CgroupsV2.delegated(mount), parent);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "control groups below "
              + mount
              + " cannot be made: run the service as root, or under systemd with Delegate=yes",
          e);
    }
    throw new EnvironmentException(
        "there are no control groups at " + mount + "; without them no limit holds");
  }
}
