package io.taskwright.api.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.store.Notices;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Who waits in this process for something to happen to an execution. */
@Component
public final class Watchers implements AutoCloseable {
  private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();
  private final Notices.Subscription subscription;

  Watchers(Notices notices) {
    this.subscription = notices.on(Notices.Channel.EXECUTION, this::wake);
  }

  /** Watches until it is closed. What happened before is not told: look after this, then wait. */
  public Watch watch(ExecutionId id) {
    Watch watch = new Watch(id.toString());
    watches.compute(
        watch.id,
        (key, all) -> {
          Set<Watch> some = all == null ? ConcurrentHashMap.newKeySet() : all;
          some.add(watch);
          return some;
        });
    return watch;
  }

  private void wake(String payload) {
    if (payload.equals(Notices.EVERYTHING)) {
      watches.values().forEach(some -> some.forEach(Watch::wake));
    } else {
      watches.getOrDefault(payload, Set.of()).forEach(Watch::wake);
    }
  }

  @Override
  public void close() {
    subscription.close();
    wake(Notices.EVERYTHING);
  }

  /** One who waits. */
  public final class Watch implements AutoCloseable {
    private final String id;
    private final Semaphore woken = new Semaphore(0);

    private Watch(String id) {
      this.id = id;
    }

    public void wake() {
      woken.release();
    }

    /** Waits until something happened since the last time, or the time is over. */
    public void await(Duration time) throws InterruptedException {
      if (woken.tryAcquire(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          id,
          (key, some) -> {
            some.remove(this);
            return some.isEmpty() ? null : some;
          });
    }
  }
}
