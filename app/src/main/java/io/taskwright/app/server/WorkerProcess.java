package io.taskwright.app.server;

import com.sun.net.httpserver.HttpServer;
import com.uber.m3.tally.NoopScope;
import io.taskwright.temporal.TemporalConnection;
import io.taskwright.temporal.TemporalSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** An executor as a process of its own: no Spring, no database. */
public final class WorkerProcess {
  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private WorkerProcess() {}

  /**
   * Runs until the process is told to end.
   *
   * @param settings {@code taskwright.data}, {@code taskwright.api.url}, {@code
   *     taskwright.temporal.address}, {@code taskwright.temporal.namespace}; optional: {@code
   *     taskwright.executor.*}, {@code server.address} and {@code server.port} for health
   * @param pool whose work it takes
   */
  public static void run(Properties settings, String pool)
      throws IOException, InterruptedException {
    try (TemporalConnection temporal =
        TemporalConnection.of(
            new TemporalSettings(
                ExecutorSettings.required(settings, "taskwright.temporal.address"),
                settings.getProperty("taskwright.temporal.namespace", "taskwright"),
                ""),
            ProcessName.get(),
            new NoopScope())) {
      ExecutorRole role =
          new ExecutorRole(ExecutorSettings.of(settings, pool), temporal.client(), true);
      CountDownLatch ended = new CountDownLatch(1);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                ended.countDown();
                awaitQuietly(stopped);
              }));
      role.start();
      HttpServer health = health(settings);
      health.start();
      ended.await();
      role.stop();
      health.stop(0);
      stopped.countDown();
    }
  }

  private static HttpServer health(Properties settings) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByName(settings.getProperty("server.address", "127.0.0.1")),
                Integer.parseInt(settings.getProperty("server.port", "0"))),
            0);
    for (String path : List.of("/health/live", "/health/ready")) {
      server.createContext(
          path,
          exchange -> {
            exchange.sendResponseHeaders(OK, NO_BODY);
            exchange.close();
          });
    }
    return server;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
