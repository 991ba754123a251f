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
import io.taskwright.api.ApiConfiguration;
import io.taskwright.api.execution.TemporalLinks;
import io.taskwright.rules.Caps;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.DefinitionReader;
import io.taskwright.store.StoreConfiguration;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.Catalogue;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The server: API and core workers on the database, the executor beside them if it is asked for.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(ServiceProperties.class)
@Import({
  StoreConfiguration.class,
  ApiConfiguration.class,
  FilesConfiguration.class,
  RolesConfiguration.class
})
class ServerApplication {
  @Bean
  DefinitionReader definitionReader() {
    return new DefinitionReader(Caps.DEFAULT);
  }

  @Bean
  Contracts contracts(Catalogue catalogue, DefinitionReader reader) {
    return new Contracts(catalogue::definition, reader);
  }

  @Bean
  Bundles bundles(JdbcClient jdbc, ServiceProperties properties) {
    return new Bundles(jdbc, properties.data().resolve("blobs"));
  }

  @Bean
  TemporalLinks temporalLinks(ServiceProperties properties) {
    return new TemporalLinks(properties.temporal().uiUrl(), properties.temporal().namespace());
  }

  @Bean
  PrometheusMeterRegistry metrics() {
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
