package io.taskwright.app.server;

import io.taskwright.activities.BatchActivities;
import io.taskwright.store.Notices;
import io.taskwright.store.batch.Batches;
import io.taskwright.store.batch.Deed;
import io.taskwright.store.batch.Turns;
import io.taskwright.temporal.TemporalConnection;
import io.taskwright.workers.BatchWatch;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Operations on many executions: what goes through them, and what sees to it that it does. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {
  private static final Duration LOOKED_AT_AFTER = Duration.ofSeconds(30);

  @Bean
  BatchActivities batchActivities(Turns turns, Deed deed) {
    return new BatchActivities(turns, deed);
  }

  @Bean(destroyMethod = "")
  BatchWatch batchWatch(
      Turns turns, Batches batches, TemporalConnection temporal, Notices notices) {
    return new BatchWatch(turns, batches, temporal.client(), notices, LOOKED_AT_AFTER);
  }

  @Bean
  ChoreRole batchRole(BatchWatch watch, ServiceProperties properties) {
    return new ChoreRole(watch, properties.has(Role.CORE));
  }
}
