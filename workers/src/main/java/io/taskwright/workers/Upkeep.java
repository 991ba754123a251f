package io.taskwright.workers;

import io.taskwright.store.execution.Dispatch;
import io.taskwright.store.execution.DryRuns;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.KnownResults;
import io.taskwright.store.pool.ExecutorWorkers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What time alone makes necessary: starts that fall due, waits that last too long, new days,
 * results that expire, dry runs that nobody looks at any more.
 */
public final class Upkeep implements AutoCloseable {
  private static final int DAYS_AHEAD = 7;
  private static final int MOST_AT_ONCE = 500;

  /** Long enough for somebody to see in the list of pools that an executor is lost. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /** Long enough to look at what a failed test said. */
  private static final Duration DRY_RUNS_STAY = Duration.ofDays(1);

  private final Dispatch dispatch;
  private final Events events;
  private final KnownResults known;
  private final Dispatcher dispatcher;
  private final ExecutorWorkers executors;
  private final DryRuns dryRuns;
  private final InstantSource clock;
  private final Loop loop;
  private @Nullable LocalDate prepared;

  public Upkeep(
      Dispatch dispatch,
      Events events,
      KnownResults known,
      Dispatcher dispatcher,
      ExecutorWorkers executors,
      DryRuns dryRuns,
      InstantSource clock) {
    this.dispatch = dispatch;
    this.events = events;
    this.known = known;
    this.dispatcher = dispatcher;
    this.executors = executors;
    this.dryRuns = dryRuns;
    this.clock = clock;
    this.loop = new Loop("upkeep", Duration.ofSeconds(1), this::turn);
  }

  /** Makes room for the events of the coming days; to be called before any is written. */
  public synchronized void prepare() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.equals(prepared)) {
      events.prepare(today, DAYS_AHEAD);
      prepared = today;
    }
  }

  /** Begins. */
  public void start() {
    loop.start();
  }

  private void turn() {
    dispatch.expire(MOST_AT_ONCE);
    if (dispatch.promoteDue() > 0) {
      dispatcher.slotFreed();
    }
    prepare();
    known.forgetExpired(MOST_AT_ONCE);
    executors.forget(FORGOTTEN_AFTER);
    dryRuns.forget(DRY_RUNS_STAY, MOST_AT_ONCE);
  }

  @Override
  public void close() {
    loop.close();
  }
}
