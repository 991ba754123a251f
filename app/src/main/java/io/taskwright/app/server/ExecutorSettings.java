package io.taskwright.app.server;

import io.taskwright.activities.executor.EgressBounds;
import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.kubernetes.KubernetesSettings;
import io.taskwright.sandbox.layer.PackageSettings;
import io.taskwright.sandbox.offer.BackEnd;
import io.taskwright.sandbox.offer.SandboxSettings;
import io.taskwright.sandbox.pool.WarmSettings;
import io.taskwright.store.Sha256;
import io.taskwright.workers.HostRoom;
import io.taskwright.workers.HostSlots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;

/**
 * What an executor is told.
 *
 * @param api where the service answers
 * @param data the folder with its key; its name marks what it starts on this host
 * @param keyFile with its key
 * @param slots how many attempts it makes at once
 * @param sandbox {@code auto}, {@code bubblewrap}, {@code docker} or {@code kubernetes}
 * @param egress what runs may do with the network that their definitions ask for
 * @param warm how many environments are made before they are needed
 * @param bounds what definitions may ask for
 * @param drain how long what runs may go on when it is told to end
 * @param packages what they may use of those that their definitions ask for
 * @param kubernetes the cluster whose pods may run code; empty if none may
 */
record ExecutorSettings(
    URI api,
    Path data,
    Path keyFile,
    String pool,
    Slots slots,
    String sandbox,
    EgressTerms egress,
    EgressBounds bounds,
    Duration drain,
    WarmSettings warm,
    PackageSettings packages,
    Optional<KubernetesSettings> kubernetes) {
  private static final int NAME_BYTES = 6;

  /** What an attempt takes of the host, when nothing else is said in its definition. */
  private static final long USUAL_MEMORY = ResourceRequirements.DEFAULT.memory().bytes();

  /**
   * How many attempts it makes at once.
   *
   * @param least however the host is
   * @param most at all
   * @param reserve what of the host's memory all but the least leave free
   */
  record Slots(int least, int most, ByteSize reserve) {
    HostSlots onHost() {
      return new HostSlots(least, most, new HostRoom(reserve.bytes(), USUAL_MEMORY));
    }
  }

  static ExecutorSettings of(ServiceProperties properties, String localUrl) {
    return of(
        properties.executor(),
        URI.create(properties.api() == null ? localUrl : properties.api().url()),
        properties.data(),
        properties.executor().pool());
  }

  static ExecutorSettings of(ServiceProperties.Executor executor, URI api, Path data, String pool) {
    return new ExecutorSettings(
        api,
        data,
        executor.keyFile() == null
            ? data.resolve("keys").resolve("executor.key")
            : executor.keyFile(),
        pool,
        new Slots(
            Math.min(executor.leastSlots(), executor.slots()),
            executor.slots(),
            ByteSize.parse(executor.memoryReserve()).orElseThrow()),
        executor.sandbox(),
        executor.egress().terms(),
        executor.egress().bounds(),
        executor.drain(),
        executor.warm().settings(),
        executor.dependencies().settings(),
        executor.kubernetes().settings());
  }

  /**
   * Reads what a worker process is told, by the rules, defaults and messages of the server. Names
   * may lack their hyphens, as those from the environment do.
   */
  static ExecutorSettings of(Properties settings, String pool) {
    return of(
        executor(settings),
        URI.create(required(settings, "taskwright.api.url")),
        Path.of(required(settings, "taskwright.data")),
        pool);
  }

  private static ServiceProperties.Executor executor(Properties settings) {
    try {
      return new Binder(new MapConfigurationPropertySource(settings))
          .bindOrCreate("taskwright.executor", ServiceProperties.Executor.class);
    } catch (BindException e) {
      throw new IllegalArgumentException(
          NestedExceptionUtils.getMostSpecificCause(e).getMessage(), e);
    }
  }

  static String required(Properties settings, String name) {
    String value = settings.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "the setting " + name + " is missing: set it in the properties file or the environment");
    }
    return value;
  }

  /** Its key, as the file holds it now. */
  String key() {
    try {
      return Files.readString(keyFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the executor's key " + keyFile, e);
    }
  }

  /** What it is called in the register of executors. */
  String id() {
    return ProcessName.host().replaceAll("[^A-Za-z0-9._-]", "-") + "-" + instance();
  }

  /** Where it keeps what it has under way. */
  Path notes() {
    return data.resolve("sandbox").resolve("attempts-" + pool);
  }

  /** Where the files of attempts lie meanwhile. */
  Path filesFolder() {
    return data.resolve("attempts").resolve(pool);
  }

  /** The packages that this host has; executors of several pools may share them. */
  Path layers() {
    return data.resolve("layers");
  }

  /** What may run code here; what JavaScript needs is the core workers' affair. */
  SandboxSettings sandboxes() {
    Set<BackEnd> allowed =
        switch (sandbox) {
          case "bubblewrap" -> EnumSet.of(BackEnd.BUBBLEWRAP);
          case "docker" -> EnumSet.of(BackEnd.DOCKER);
          case "kubernetes" -> EnumSet.of(BackEnd.KUBERNETES);
          default ->
              kubernetes.isPresent()
                  ? EnumSet.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER, BackEnd.KUBERNETES)
                  : EnumSet.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER);
        };
    return new SandboxSettings(
        instance(),
        data.resolve("sandbox"),
        allowed,
        ByteSize.ofMebibytes(1),
        egress,
        warm,
        kubernetes);
  }

  /** The same for the same folder, so that what a killed worker left is found and ended. */
  private String instance() {
    return "tw-" + HexFormat.of().formatHex(Sha256.of(data + "\n" + pool), 0, NAME_BYTES);
  }
}
