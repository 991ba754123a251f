package io.taskwright.app.server;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.layer.PackageSettings;
import io.taskwright.sandbox.offer.BackEnd;
import io.taskwright.sandbox.offer.SandboxSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
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
 * @param slots how many attempts it makes at once
 * @param sandbox {@code auto}, {@code bubblewrap} or {@code docker}
 * @param egress what runs may do with the network that their definitions ask for
 * @param packages what they may use of those that their definitions ask for
 */
record ExecutorSettings(
    URI api,
    Path data,
    String pool,
    int slots,
    String sandbox,
    EgressTerms egress,
    PackageSettings packages) {
  private static final int NAME_BYTES = 6;

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
        pool,
        executor.slots(),
        executor.sandbox(),
        executor.egress().terms(),
        executor.dependencies().settings());
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

  Path keyFile() {
    return data.resolve("keys").resolve("executor.key");
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
          default -> EnumSet.of(BackEnd.BUBBLEWRAP, BackEnd.DOCKER);
        };
    return new SandboxSettings(
        instance(), data.resolve("sandbox"), allowed, ByteSize.ofMebibytes(1), egress);
  }

  /** The same for the same folder, so that what a killed worker left is found and ended. */
  private String instance() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((data + "\n" + pool).getBytes(StandardCharsets.UTF_8));
      return "tw-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
