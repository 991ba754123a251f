package io.taskwright.workers;

import io.temporal.worker.tuning.ActivitySlotInfo;
import io.temporal.worker.tuning.SlotMarkUsedContext;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplier;
import io.temporal.worker.tuning.SlotSupplierFuture;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The slots of an executor. The first few are always there; beyond them one is given only while the
 * host has room, so that a burst does not take the host down.
 */
public final class HostSlots implements SlotSupplier<ActivitySlotInfo>, AutoCloseable {
  private static final long LOOK_MILLIS = 250;

  private final int least;
  private final int most;
  private final IntSupplier room;
  private final Queue<CompletableFuture<SlotPermit>> waiting = new ArrayDeque<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("slots").daemon().factory());
  private int given;
  private int used;
  private int left;

  /**
   * @param least how many there are however the host is
   * @param most how many there are at all
   * @param room how many more the host bears now; asked a few times in a second
   */
  public HostSlots(int least, int most, IntSupplier room) {
    this.least = Math.min(least, most);
    this.most = most;
    this.room = room;
    this.left = room.getAsInt();
    var _ =
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Looks how the host is, and gives what has become free. What it gives until then counts. */
  void look() {
    int now = room.getAsInt();
    synchronized (this) {
      left = now;
      serve();
    }
  }

  /** How many attempts are made, or could be made besides, as the host is now. */
  public synchronized int capacity() {
    return Math.clamp((long) used + left, least, most);
  }

  private synchronized boolean free() {
    return given < least || (given < most && left > 0);
  }

  private synchronized SlotPermit give() {
    if (given >= least) {
      left--;
    }
    given++;
    return new SlotPermit();
  }

  private synchronized void serve() {
    while (!waiting.isEmpty() && free()) {
      CompletableFuture<SlotPermit> next = waiting.remove();
      if (!next.isDone() && !next.complete(give())) {
        given--; // it was withdrawn this very moment
      }
    }
  }

  @Override
  public synchronized SlotSupplierFuture reserveSlot(SlotReserveContext<ActivitySlotInfo> context) {
    CompletableFuture<SlotPermit> asked = new CompletableFuture<>();
    waiting.add(asked);
    serve();
    return SlotSupplierFuture.fromCompletableFuture(asked, () -> asked.cancel(false));
  }

  @Override
  public synchronized Optional<SlotPermit> tryReserveSlot(
      SlotReserveContext<ActivitySlotInfo> context) {
    return free() && waiting.isEmpty() ? Optional.of(give()) : Optional.empty();
  }

  @Override
  public synchronized void markSlotUsed(SlotMarkUsedContext<ActivitySlotInfo> context) {
    used++;
  }

  @Override
  public synchronized void releaseSlot(SlotReleaseContext<ActivitySlotInfo> context) {
    given--;
    if (context.getSlotInfo() != null) {
      used--;
    }
    serve();
  }

  @Override
  public Optional<Integer> getMaximumSlots() {
    return Optional.of(most);
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
