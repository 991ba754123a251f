package io.taskwright.workers;

import io.taskwright.model.Project;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.retention.Pass;
import io.taskwright.store.retention.Purge;
import io.taskwright.store.retention.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what its project does not keep any longer, a little at a time. */
public final class Removal implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

  /** So that one project with very much to remove does not keep the others waiting. */
  private static final int STEPS = 500;

  /** Empty days of events stay for so long, for whoever still writes into them. */
  private static final Duration DAYS_KEPT = Duration.ofDays(9);

  private final Retention retention;
  private final Purge purge;
  private final Bundles bundles;
  private final Duration grace;
  private final InstantSource clock;
  private final Loop loop;

  /**
   * @param grace how long bundles stay that nothing names
   * @param every how often there is a look
   */
  public Removal(
      Retention retention,
      Purge purge,
      Bundles bundles,
      Duration grace,
      InstantSource clock,
      Duration every) {
    this.retention = retention;
    this.purge = purge;
    this.bundles = bundles;
    this.grace = grace;
    this.clock = clock;
    this.loop = new Loop("removal", every, this::turn);
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Looks once, unless another process just does. */
  void turn() {
    purge.alone(this::remove);
  }

  private void remove() {
    for (Project project : retention.projects()) {
      Pass pass = purge.begin(project, retention.of(project));
      some(pass::executions);
      some(pass::batches);
      some(pass::artifacts);
      some(pass::logs);
      some(() -> pass.bundles(grace));
    }
    bundles.sweep();
    while (purge.dropEmptyDay(clock.instant().minus(DAYS_KEPT))) {
      LOG.debug("a day without events is dropped");
    }
  }

  private static void some(BooleanSupplier step) {
    for (int steps = 0; steps < STEPS && step.getAsBoolean(); steps++) {}
  }

  @Override
  public void close() {
    loop.close();
  }
}
