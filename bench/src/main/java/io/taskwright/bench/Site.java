package io.taskwright.bench;

import io.taskwright.bench.cost.CostMeter;
import io.taskwright.bench.load.Subject;
import io.taskwright.bench.subject.RawShape;
import io.taskwright.bench.subject.RawTemporal;
import io.taskwright.bench.subject.RestTask;
import io.taskwright.testkit.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An installation of its own for one run, with everything that is compared on it. */
final class Site implements AutoCloseable {
  private static final String NAMESPACE = "taskwright";
  private static final String SANDBOX = "bubblewrap";

  private final Installation installation;
  private final JsonNode status;
  private final RawTemporal raw;
  private final RestTask inProcess;
  private final RestTask python;

  /**
   * Sets it up.
   *
   * @param port of its API; 0 for any free one
   * @throws IllegalStateException if it does not start, or has no bubblewrap
   */
  Site(int port) {
    installation = Installation.at(folder(), port == 0 ? freePort() : port);
    // It ends with this process, so that neither Ctrl-C nor a failure leaves anything behind.
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close, "ending"));
    installation.up();
    status = installation.status();
    raw = new RawTemporal(status.path("temporalAddress").asString(""), NAMESPACE);
    inProcess = RestTask.inProcess(installation.rest());
    python = RestTask.python(installation.rest());
    String environment = python.environment();
    if (!environment.startsWith(SANDBOX)) {
      throw new IllegalStateException(
          "Python ran in " + environment + ", not in " + SANDBOX + "; see ./taskwright doctor");
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("tw-bench").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code status -o json} said when it was ready. */
  JsonNode status() {
    return status;
  }

  /**
   * What is compared: raw before ours, shape by shape.
   *
   * @param only the shape, or null for all
   */
  List<Subject> subjects(@Nullable RawShape only) {
    return Stream.of(RawShape.values())
        .filter(shape -> only == null || shape == only)
        .flatMap(shape ->
            switch (shape) {
              case LOCAL -> Stream.of(raw.subject(RawShape.LOCAL), inProcess);
              case POOL -> Stream.of(raw.subject(RawShape.POOL), python);
            })
        .toList();
  }

  CostMeter meter() {
    return new CostMeter(pid("temporal"), pid("postgres"), pid("server"));
  }

  private long pid(String part) {
    return status
        .path("parts")
        .valueStream()
        .filter(each -> each.path("name").asString("").equals(part))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no part " + part + " in " + status))
        .path("pid")
        .asLong();
  }

  @Override
  public void close() {
    raw.close();
  }
}
