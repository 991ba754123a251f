package io.taskwright.app.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taskwright.store.execution.Dispatch.Claim;
import io.taskwright.workers.DispatchFigures;
import java.time.Duration;
import java.util.List;

/** What dispatching costs, and how long executions wait for it. */
final class DispatchMetrics implements DispatchFigures {
  private final Timer claims;
  private final Timer passes;
  private final Timer waits;

  DispatchMetrics(MeterRegistry metrics) {
    this.claims = metrics.timer("taskwright.dispatch.claim");
    this.passes = metrics.timer("taskwright.limit.pass");
    this.waits =
        Timer.builder("taskwright.execution.queue.wait")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofHours(1))
            .register(metrics);
  }

  @Override
  public void claimed(List<Claim> found, Duration took) {
    claims.record(took);
    found.forEach(claim -> waits.record(claim.waited()));
  }

  @Override
  public void passed(Duration took) {
    passes.record(took);
  }
}
