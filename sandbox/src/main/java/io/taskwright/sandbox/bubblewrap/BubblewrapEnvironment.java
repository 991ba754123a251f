package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.cgroup.Cgroup;
import io.taskwright.sandbox.cgroup.CgroupLimits;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A process tree in a control group and namespaces of its own. */
final class BubblewrapEnvironment implements Environment {
  private final Cgroup cgroup;
  private final CgroupLimits limits;
  private final Process process;
  private final Runnable afterwards;

  private BubblewrapEnvironment(
      Cgroup cgroup, CgroupLimits limits, Process process, Runnable afterwards) {
    this.cgroup = cgroup;
    this.limits = limits;
    this.process = process;
    this.afterwards = afterwards;
  }

  /**
   * Starts it.
   *
   * @param cgroup has its limits already, all but the share of a program
   * @param limits those of a program
   * @param afterwards what to do when nothing is left of it
   */
  static BubblewrapEnvironment open(
      Cgroup cgroup, CgroupLimits limits, List<String> command, Runnable afterwards)
      throws EnvironmentException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.directory(Path.of("/").toFile());
      builder.redirectErrorStream(true); // Complaints are text in place of frames.
      return new BubblewrapEnvironment(cgroup, limits, builder.start(), afterwards);
    } catch (IOException e) {
      cgroup.remove();
      afterwards.run();
      throw new EnvironmentException("no process could be made", e);
    }
  }

  @Override
  public void take() throws EnvironmentException {
    try {
      cgroup.share(limits);
    } catch (IOException e) {
      throw new EnvironmentException("its share of the processor could not be set", e);
    }
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void kill() {
    hurry();
    // Bubblewrap outside is left to see the warden's end: if it died first, nobody of ours would
    // take note of the warden's death, and a trace of it would wait for the host's own init.
    if (!cgroup.killOthers(process.pid())) {
      process.destroyForcibly(); // There is nobody else yet.
    }
  }

  @Override
  public Traces end() {
    hurry();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    closeQuietly(process.getOutputStream());
    closeQuietly(process.getInputStream());
    Traces traces = cgroup.traces();
    cgroup.remove();
    afterwards.run();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return traces;
  }

  private void hurry() {
    try {
      cgroup.share(limits.ofOurs());
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      // Its other end is gone.
    }
  }
}
