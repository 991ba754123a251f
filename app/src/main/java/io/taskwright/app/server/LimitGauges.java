package io.taskwright.app.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.taskwright.store.execution.Waits;
import java.time.Duration;
import java.util.Map;

/**
 * How many executions wait for limits, by the kind of limit: keys and tasks are names that anybody
 * may make, and would be labels without bound.
 */
final class LimitGauges extends Gauges {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Waits waits;
  private final MultiGauge waiting;

  LimitGauges(Waits waits, MeterRegistry metrics, boolean wanted) {
    super("limit-gauges", EVERY, wanted);
    this.waits = waits;
    this.waiting = MultiGauge.builder("taskwright.limit.waiting").register(metrics);
  }

  @Override
  void look() {
    Map<String, Long> numbers = waits.byLimit();
    waiting.register(
        numbers.entrySet().stream()
            .map(each -> Row.of(Tags.of("limit", each.getKey()), each.getValue()))
            .toList(),
        true);
  }
}
