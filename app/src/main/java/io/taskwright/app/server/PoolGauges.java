package io.taskwright.app.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.taskwright.model.Project;
import io.taskwright.store.pool.PoolView;
import io.taskwright.store.pool.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * What each pool can do and who waits for it, as metrics of the processes that dispatch. Only pools
 * that an executor registered for are told: others are names that anybody may write.
 */
final class PoolGauges implements SmartLifecycle {
  private static final long EVERY_SECONDS = 5;

  private final Pools pools;
  private final boolean wanted;
  private final MultiGauge slots;
  private final MultiGauge used;
  private final MultiGauge waiting;
  private final MultiGauge oldest;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pool-gauges").daemon().factory());
  private volatile boolean running;

  PoolGauges(Pools pools, MeterRegistry metrics, boolean wanted) {
    this.pools = pools;
    this.wanted = wanted;
    this.slots = MultiGauge.builder("taskwright.pool.slots").register(metrics);
    this.used = MultiGauge.builder("taskwright.pool.used").register(metrics);
    this.waiting = MultiGauge.builder("taskwright.pool.waiting").register(metrics);
    this.oldest =
        MultiGauge.builder("taskwright.pool.oldest.wait").baseUnit("seconds").register(metrics);
  }

  @Override
  public void start() {
    running = true;
    if (wanted) {
      var _ = timer.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void look() {
    try {
      List<PoolView> registered =
          pools.all(Project.DEFAULT).stream().filter(pool -> !pool.workers().isEmpty()).toList();
      tell(slots, registered, PoolView::slots);
      tell(used, registered, PoolView::used);
      tell(waiting, registered, PoolView::waiting);
      tell(oldest, registered, PoolGauges::wait);
    } catch (DataAccessException | TransactionException e) {
      // The database is away; the figures stay as they were.
    }
  }

  private static void tell(
      MultiGauge gauge, List<PoolView> pools, ToDoubleFunction<PoolView> figure) {
    gauge.register(
        pools.stream()
            .map(pool -> Row.of(Tags.of("pool", pool.name()), figure.applyAsDouble(pool)))
            .toList(),
        true);
  }

  private static double wait(PoolView pool) {
    Instant since = pool.oldest();
    return since == null ? 0 : Math.max(0, Duration.between(since, Instant.now()).toSeconds());
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
