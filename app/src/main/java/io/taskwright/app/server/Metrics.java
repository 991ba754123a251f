package io.taskwright.app.server;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** The metrics of a process, with those of its virtual machine. */
final class Metrics {
  private Metrics() {}

  static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(BoundedWorkflowTypes.INSTANCE);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    bindGarbageCollector(registry);
    return registry;
  }

  @SuppressWarnings("resource") // lives as long as the process
  private static void bindGarbageCollector(PrometheusMeterRegistry registry) {
    new JvmGcMetrics().bindTo(registry);
  }

  /** Workflow types are task names, which users make: as a label they would be without bound. */
  private enum BoundedWorkflowTypes implements MeterFilter {
    INSTANCE;

    @Override
    public Meter.Id map(Meter.Id id) {
      if (id.getTag("workflow_type") == null) {
        return id;
      }
      List<Tag> tags =
          id.getTags().stream()
              .map(tag ->
                  tag.getKey().equals("workflow_type") && !tag.getValue().startsWith("taskwright.")
                      ? Tag.of("workflow_type", "task")
                      : tag)
              .toList();
      return id.replaceTags(tags);
    }
  }
}
