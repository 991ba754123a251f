package io.taskwright.app.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.taskwright.store.execution.Waits;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * How many executions wait for limits, by the kind of limit: keys and tasks are names that anybody
 * may make, and would be labels without bound.
 */
final class LimitGauges implements SmartLifecycle {
  private static final long EVERY_SECONDS = 10;

  private final Waits waits;
  private final boolean wanted;
  private final MultiGauge waiting;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("limit-gauges").daemon().factory());
  private volatile boolean running;

  LimitGauges(Waits waits, MeterRegistry metrics, boolean wanted) {
    this.waits = waits;
    this.wanted = wanted;
    this.waiting = MultiGauge.builder("taskwright.limit.waiting").register(metrics);
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
      Map<String, Long> numbers = waits.byLimit();
      waiting.register(
          numbers.entrySet().stream()
              .map(each -> Row.of(Tags.of("limit", each.getKey()), each.getValue()))
              .toList(),
          true);
    } catch (DataAccessException | TransactionException e) {
      // The database is away; the figures stay as they were.
    }
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
