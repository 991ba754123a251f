package io.taskwright.app.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.taskwright.api.ApiConfiguration;
import io.taskwright.api.execution.TemporalLinks;
import io.taskwright.rules.Caps;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.DefinitionReader;
import io.taskwright.store.StoreConfiguration;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.CheckedDefinitions;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The server: API and core workers on the database, the executor beside them if it is asked for.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties({ServiceProperties.class, CheckProperties.class})
@Import({
  StoreConfiguration.class,
  ApiConfiguration.class,
  BatchConfiguration.class,
  FilesConfiguration.class,
  RetentionConfiguration.class,
  RolesConfiguration.class
})
class ServerApplication {
  @Bean
  DefinitionReader definitionReader() {
    return new DefinitionReader(Caps.DEFAULT);
  }

  @Bean
  Contracts contracts(Catalogue catalogue, CheckedDefinitions checked, DefinitionReader reader) {
    return new Contracts(
        (task, version) ->
            version == CheckedDefinitions.VERSION
                ? checked.definition(task)
                : catalogue.definition(task, version),
        reader);
  }

  @Bean
  Bundles bundles(JdbcClient jdbc, TransactionTemplate transaction, ServiceProperties properties) {
    return new Bundles(jdbc, transaction, properties.data().resolve("blobs"));
  }

  @Bean
  TemporalLinks temporalLinks(ServiceProperties properties) {
    return new TemporalLinks(properties.temporal().uiUrl(), properties.temporal().namespace());
  }

  @Bean
  PrometheusMeterRegistry metrics() {
    return Metrics.registry();
  }
}
