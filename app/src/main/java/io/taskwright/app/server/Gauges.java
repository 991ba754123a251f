package io.taskwright.app.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Figures that are looked up now and then, in the processes that have the duty. */
abstract class Gauges implements SmartLifecycle {
  private final Duration every;
  private final boolean wanted;
  private final ScheduledExecutorService timer;
  private volatile boolean running;

  /**
   * Such figures.
   *
   * @param name of the thread that looks
   * @param wanted whether this process has the duty
   */
  Gauges(String name, Duration every, boolean wanted) {
    this.every = every;
    this.wanted = wanted;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /** Looks the figures up and tells them. */
  abstract void look();

  private void tryToLook() {
    try {
      look();
    } catch (DataAccessException | TransactionException e) {
      // The database is away; the figures stay as they were.
    }
  }

  @Override
  public final void start() {
    running = true;
    if (wanted) {
      var _ =
          timer.scheduleWithFixedDelay(this::tryToLook, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public final void stop() {
    running = false;
    timer.shutdownNow();
  }

  @Override
  public final boolean isRunning() {
    return running;
  }
}
