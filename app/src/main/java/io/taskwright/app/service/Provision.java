package io.taskwright.app.service;

import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Packages;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.postgres.PostgresPart;
import io.taskwright.app.postgres.PostgresPrograms;
import io.taskwright.app.temporal.TemporalBuild;
import io.taskwright.app.temporal.TemporalMemory;
import io.taskwright.app.temporal.TemporalPins;
import io.taskwright.app.temporal.TemporalSearch;
import io.taskwright.app.temporal.TemporalSource;
import java.util.Optional;

/**
 * Gets the programs that the parts are made of. With all of them there it takes no time.
 *
 * @param cache where they are kept
 * @param path where programs of the system are looked for
 * @param progress hears of what takes long
 */
record Provision(Cache cache, SearchPath path, Progress progress) {
  /**
   * Gets what a plan needs.
   *
   * @throws io.taskwright.app.machine.Obstacle that names the choices, when something cannot be had
   */
  void get(Plan plan) {
    PostgresPrograms postgres = PostgresPrograms.get(cache, Versions.read().postgres(), progress);
    PostgresPart.check(plan.data(), postgres);
    Optional<TemporalMemory.Place> before = TemporalMemory.of(plan.data()).read();
    TemporalSource source =
        new TemporalSearch(path, cache, TemporalPins.read())
            .find(plan.temporal(), before)
            .orExplain();
    if (before.isPresent() && !before.get().equals(source.place())) {
      progress.say(
          "This data folder's executions were in another Temporal so far; those that have not ended"
              + " there are not seen by "
              + source.description());
    }
    if (source instanceof TemporalSource.Buildable buildable) {
      new TemporalBuild(buildable, cache, progress).programs();
    }
    bubblewrap();
  }

  /** The sandbox that needs no engine. The service runs without it, but offers less. */
  private void bubblewrap() {
    if (path.find("bwrap").isPresent()) {
      return;
    }
    Packages packages = new Packages(path);
    if (!packages.usable() || !packages.install("bubblewrap", progress)) {
      progress.say(
          "bubblewrap is missing: without a container engine only in-process tasks can run. Install"
              + " the package bubblewrap.");
    }
  }
}
