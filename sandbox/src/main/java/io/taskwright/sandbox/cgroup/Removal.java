package io.taskwright.sandbox.cgroup;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties and removes groups: a killed process leaves its group a moment after its death. */
final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private Removal() {}

  /** Removes all of the folders; false if something in them does not die. */
  static boolean remove(List<CgroupFolder> folders, Runnable kill) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Duration pause = GLANCE;
    boolean removed = folders.stream().allMatch(CgroupFolder::delete);
    while (!removed && System.nanoTime() < deadline) {
      kill.run();
      LockSupport.parkNanos(pause.toNanos()); // The kernel tells nobody that a group is empty.
      pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
      removed = folders.stream().allMatch(CgroupFolder::delete);
      if (Thread.currentThread().isInterrupted()) {
        break; // Parking would be busy waiting now.
      }
    }
    if (!removed) {
      LOG.atWarn()
          .addKeyValue("cgroup", folders.getFirst().path())
          .log("a control group could not be removed; the next start of the service tries again");
    }
    return removed;
  }
}
