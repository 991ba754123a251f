package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.cgroup.Cgroup;
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
  private final Process process;
  private final Runnable afterwards;

  private BubblewrapEnvironment(Cgroup cgroup, Process process, Runnable afterwards) {
    this.cgroup = cgroup;
    this.process = process;
    this.afterwards = afterwards;
  }

  /**
   * Starts it.
   *
   * @param afterwards what to do when nothing is left of it
   */
  static BubblewrapEnvironment open(Cgroup cgroup, List<String> command, Runnable afterwards)
      throws EnvironmentException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.directory(Path.of("/").toFile());
      builder.redirectErrorStream(true); // Complaints are text in place of frames.
      return new BubblewrapEnvironment(cgroup, builder.start(), afterwards);
    } catch (IOException e) {
      cgroup.remove();
      afterwards.run();
      throw new EnvironmentException("no process could be made", e);
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
    // Bubblewrap outside is left to see the warden's end: if it died first, nobody of ours would
    // take note of the warden's death, and a trace of it would wait for the host's own init.
    if (!cgroup.killOthers(process.pid())) {
      process.destroyForcibly(); // There is nobody else yet.
    }
  }

  @Override
  public Traces end() {
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

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      // Its other end is gone.
    }
  }
}
