package io.taskwright.sandbox.cgroup;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties and removes groups: a killed process leaves its group a moment after its death. */
final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Removal() {}

  /** Removes all of the folders; false if something in them does not die. */
  static boolean remove(List<CgroupFolder> folders, Runnable kill) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long pause = 1;
    boolean removed = folders.stream().allMatch(CgroupFolder::delete);
    while (!removed && System.nanoTime() < deadline) {
      kill.run();
      if (!sleep(pause)) {
        break;
      }
      pause = Math.min(2 * pause, 100);
      removed = folders.stream().allMatch(CgroupFolder::delete);
    }
    if (!removed) {
      LOG.atWarn()
          .addKeyValue("cgroup", folders.getFirst().path())
          .log("a control group could not be removed; the next start of the service tries again");
    }
    return removed;
  }

  private static boolean sleep(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
