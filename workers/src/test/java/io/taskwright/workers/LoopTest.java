package io.taskwright.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Semaphore turns = new Semaphore(0);

  private void awaitTurns(int count) throws InterruptedException {
    assertThat(turns.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void beginsAtOnceAndThenWhenItIsWoken() throws InterruptedException {
    try (Loop loop = new Loop("test", NEVER, turns::release)) {
      loop.start();
      awaitTurns(1);
      loop.wake();
      awaitTurns(1);
    }
  }

  @Test
  void hasATurnOnceInAWhileThoughNobodyWakesIt() throws InterruptedException {
    try (Loop loop = new Loop("test", Duration.ofMillis(5), turns::release)) {
      loop.start();
      awaitTurns(3);
    }
  }

  @Test
  void hasAnotherTurnWhenItIsWokenInTheMidstOfOne() throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(1);
    Runnable turn =
        () -> {
          turns.release();
          try {
            woken.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (Loop loop = new Loop("test", NEVER, turn)) {
      loop.start();
      awaitTurns(1);
      loop.wake();
      loop.wake();
      woken.countDown();
      awaitTurns(1);
    }
  }

  @Test
  void goesOnAfterAFailure() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    Runnable turn =
        () -> {
          if (failures.incrementAndGet() <= 2) {
            throw new IllegalStateException("the store is away");
          }
          turns.release();
        };
    try (Loop loop = new Loop("test", Duration.ofMillis(5), turn)) {
      loop.start();
      awaitTurns(2);
    }
  }

  @Test
  void hasNoTurnAfterItsEnd() throws InterruptedException {
    Loop loop = new Loop("test", Duration.ofMillis(5), turns::release);
    loop.start();
    awaitTurns(1);
    loop.close();
    turns.drainPermits();
    loop.wake();
    assertThat(turns.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
  }
}
