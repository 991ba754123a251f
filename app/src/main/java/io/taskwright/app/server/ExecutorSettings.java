package io.taskwright.app.server;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.offer.BackEnd;
import io.taskwright.sandbox.offer.SandboxSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * What an executor is told.
 *
 * @param api where the service answers
 * @param data the folder with its key; its name marks what it starts on this host
 * @param slots how many attempts it makes at once
 * @param sandbox {@code auto}, {@code bubblewrap} or {@code docker}
 */
record ExecutorSettings(URI api, Path data, String pool, int slots, String sandbox) {
  private static final int NAME_BYTES = 6;

  static ExecutorSettings of(ServiceProperties properties, String localUrl) {
    ServiceProperties.Executor executor = properties.executor();
    return new ExecutorSettings(
        URI.create(properties.api() == null ? localUrl : properties.api().url()),
        properties.data(),
        executor.pool(),
        executor.slots(),
        executor.sandbox());
  }

  Path keyFile() {
    return data.resolve("keys").resolve("executor.key");
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
        instance(), data.resolve("sandbox"), allowed, ByteSize.ofMebibytes(1));
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
