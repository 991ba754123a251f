package io.taskwright.app.server;

import io.taskwright.api.file.FileLimits;
import io.taskwright.store.blob.BlobStore;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.execution.Events;
import io.taskwright.store.file.Artifacts;
import io.taskwright.store.file.InputFiles;
import io.taskwright.workers.FileUpkeep;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The files of executions: where they lie and how long. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {
  @Bean
  BlobStore blobStore(ServiceProperties properties) {
    return properties.blobs().open(properties.data());
  }

  @Bean
  Blobs blobs(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      BlobStore store,
      ServiceProperties properties) {
    return new Blobs(jdbc, transaction, store, properties.data().resolve("incoming"));
  }

  @Bean
  Artifacts artifacts(JdbcClient jdbc, Blobs blobs, Events events, ServiceProperties properties) {
    return new Artifacts(jdbc, blobs, events, properties.artifacts().retention());
  }

  @Bean
  InputFiles inputFiles(JdbcClient jdbc, Blobs blobs, ServiceProperties properties) {
    return new InputFiles(jdbc, blobs, properties.artifacts().retention());
  }

  @Bean
  FileLimits fileLimits(ServiceProperties properties) {
    return new FileLimits((long) properties.artifacts().uploadMib() << 20);
  }

  @Bean(destroyMethod = "")
  FileUpkeep fileUpkeep(
      Artifacts artifacts, InputFiles inputs, Blobs blobs, ServiceProperties properties) {
    return new FileUpkeep(
        artifacts,
        inputs,
        blobs,
        properties.artifacts().grace(),
        properties.artifacts().sweepEvery());
  }
}
