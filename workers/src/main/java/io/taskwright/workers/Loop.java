package io.taskwright.workers;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again: when woken, and at least once in a while. What fails
 * is said once until it works again, and tried again.
 */
final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final String name;
  private final Duration atLeastEvery;
  private final Runnable turn;
  private final Semaphore wake = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;
  private volatile Duration pause;
  private boolean failing;

  Loop(String name, Duration atLeastEvery, Runnable turn) {
    this.name = name;
    this.atLeastEvery = atLeastEvery;
    this.turn = turn;
    this.pause = atLeastEvery;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Has another turn begin soon, also if one is going on. */
  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** Has the next turn begin after this time at the latest; to be called in a turn. */
  void nextWithin(Duration time) {
    pause = time.compareTo(atLeastEvery) < 0 ? time : atLeastEvery;
  }

  private void run() {
    while (!closed) {
      try {
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        pause = atLeastEvery;
        if (!closed) {
          turn.run();
          recovered();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  private void recovered() {
    if (failing) {
      LOG.atInfo().addKeyValue("loop", name).log("works again");
      failing = false;
    }
  }

  private void failed(RuntimeException e) {
    if (!failing && !closed) {
      LOG.atWarn().addKeyValue("loop", name).setCause(e).log("failed; tried again until it works");
    }
    failing = true;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
