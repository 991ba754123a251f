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
import java.util.function.ToDoubleFunction;

/**
 * What each pool can do and who waits for it, as metrics of the processes that dispatch. Only pools
 * that an executor registered for are told: others are names that anybody may write.
 */
final class PoolGauges extends Gauges {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Pools pools;
  private final MultiGauge slots;
  private final MultiGauge used;
  private final MultiGauge waiting;
  private final MultiGauge oldest;

  PoolGauges(Pools pools, MeterRegistry metrics, boolean wanted) {
    super("pool-gauges", EVERY, wanted);
    this.pools = pools;
    this.slots = MultiGauge.builder("taskwright.pool.slots").register(metrics);
    this.used = MultiGauge.builder("taskwright.pool.used").register(metrics);
    this.waiting = MultiGauge.builder("taskwright.pool.waiting").register(metrics);
    this.oldest =
        MultiGauge.builder("taskwright.pool.oldest.wait").baseUnit("seconds").register(metrics);
  }

  @Override
  void look() {
    List<PoolView> registered =
        pools.all(Project.DEFAULT).stream().filter(pool -> !pool.workers().isEmpty()).toList();
    tell(slots, registered, PoolView::slots);
    tell(used, registered, PoolView::used);
    tell(waiting, registered, PoolView::waiting);
    tell(oldest, registered, PoolGauges::wait);
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
}
