package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.DataLock;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.process.Leftovers;
import io.taskwright.app.process.ProcessId;
import io.taskwright.app.process.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Stops the service on a data folder from another process.
 *
 * @param data the folder
 * @param mainClass the class that the parts in Java were started with
 * @param progress hears what is waited for
 */
public record Stopping(DataFolder data, String mainClass, Progress progress) {
  /** Longer than all parts together may take to end. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration GLANCE = Duration.ofMillis(20);

  /**
   * Stops the parts in order, or ends what a killed supervisor left.
   *
   * @return whether anything ran
   * @throws Obstacle when it does not stop
   */
  public boolean stop() throws InterruptedException {
    Optional<Instance> live = InstanceFile.of(data).live();
    if (live.isPresent()) {
      ProcessId supervisor = live.get().supervisor();
      progress.say("Stopping the service on " + data);
      Signal.TERM.send(supervisor.pid());
      if (!ended(supervisor)) {
        progress.say("The supervisor does not end; it is killed");
        Signal.KILL.send(supervisor.pid());
      }
    }
    Optional<DataLock> lock = DataLock.take(data);
    if (lock.isEmpty()) {
      throw new Obstacle(
          "Another process is just starting or stopping the service on %s. Try again in a moment."
              .formatted(data));
    }
    try {
      boolean left = new Leftovers(data, mainClass).end(Set.of(), progress);
      return left || live.isPresent();
    } finally {
      lock.get().close();
    }
  }

  private static boolean ended(ProcessId supervisor) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (supervisor.alive()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(GLANCE);
    }
    return true;
  }
}
