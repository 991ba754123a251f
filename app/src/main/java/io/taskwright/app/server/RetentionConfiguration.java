package io.taskwright.app.server;

import io.taskwright.store.blob.Bundles;
import io.taskwright.store.retention.Purge;
import io.taskwright.store.retention.Retention;
import io.taskwright.workers.Removal;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long what has ended is kept. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {
  @Bean
  Retention retention(JdbcClient jdbc, ServiceProperties properties) {
    return new Retention(jdbc, properties.retention().keep());
  }

  @Bean(destroyMethod = "")
  Removal removal(
      Retention retention,
      Purge purge,
      Bundles bundles,
      InstantSource clock,
      ServiceProperties properties) {
    return new Removal(
        retention,
        purge,
        bundles,
        properties.retention().bundles(),
        clock,
        properties.retention().every());
  }

  @Bean
  ChoreRole removalRole(Removal removal, ServiceProperties properties) {
    return new ChoreRole(removal, properties.has(Role.CORE));
  }
}
