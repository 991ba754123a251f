package io.taskwright.workers;

import io.taskwright.model.Project;
import io.taskwright.store.retention.Keep;
import io.taskwright.store.retention.Purge;
import io.taskwright.store.retention.Retention;
import java.time.Duration;
import java.time.InstantSource;
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
  private final InstantSource clock;
  private final Loop loop;

  /**
   * @param every how often there is a look
   */
  public Removal(Retention retention, Purge purge, InstantSource clock, Duration every) {
    this.retention = retention;
    this.purge = purge;
    this.clock = clock;
    this.loop = new Loop("removal", every, this::turn);
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Looks once. */
  void turn() {
    for (Project project : retention.projects()) {
      Keep keep = retention.of(project);
      keep.executions().ifPresent(time -> remove(project, time, keep));
    }
    while (purge.dropEmptyDay(clock.instant().minus(DAYS_KEPT))) {
      LOG.debug("a day without events is dropped");
    }
  }

  private void remove(Project project, Duration time, Keep keep) {
    Purge.Pass pass = purge.begin(project, time, keep.by());
    int steps = 0;
    while (steps < STEPS && pass.executions()) {
      steps++;
    }
    while (steps < STEPS && pass.batches()) {
      steps++;
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
