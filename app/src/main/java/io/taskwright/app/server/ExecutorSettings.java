package io.taskwright.app.server;

import java.net.URI;
import java.nio.file.Path;

/**
 * What an executor is told.
 *
 * @param api where the service answers
 * @param data the folder with its key; its name marks what it starts on this host
 * @param slots how many attempts it makes at once
 * @param sandbox {@code auto}, {@code bubblewrap} or {@code docker}
 * @param image that containers are made of; empty for the usual one
 */
record ExecutorSettings(URI api, Path data, String pool, int slots, String sandbox, String image) {
  static ExecutorSettings of(ServiceProperties properties, String localUrl) {
    ServiceProperties.Executor executor = properties.executor();
    return new ExecutorSettings(
        URI.create(properties.api() == null ? localUrl : properties.api().url()),
        properties.data(),
        executor.pool(),
        executor.slots(),
        executor.sandbox(),
        executor.image());
  }

  Path keyFile() {
    return data.resolve("keys").resolve("executor.key");
  }
}
