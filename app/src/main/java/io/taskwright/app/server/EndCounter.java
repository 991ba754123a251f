package io.taskwright.app.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskwright.store.execution.EndsCommitted;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts the ends that this process has committed, each once, whoever brought them about. */
class EndCounter {
  private final MeterRegistry metrics;

  EndCounter(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @TransactionalEventListener(fallbackExecution = true)
  void count(EndsCommitted ends) {
    metrics
        .counter("taskwright.executions.ended", "status", ends.status().name())
        .increment(ends.count());
  }
}
