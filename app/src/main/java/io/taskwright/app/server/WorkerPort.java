package io.taskwright.app.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What a worker process tells of itself over HTTP: health and metrics, without sign-in. */
final class WorkerPort implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_READY = 503;

  private final PrometheusMeterRegistry metrics = Metrics.registry();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile @Nullable ExecutorParts parts;

  private WorkerPort(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens it.
   *
   * @param port 0 for any
   * @throws IOException if it is taken
   */
  static WorkerPort open(String address, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    WorkerPort opened = new WorkerPort(server);
    server.setExecutor(opened.threads);
    server.createContext("/health/live", exchange -> answer(exchange, OK, "UP"));
    server.createContext("/health/ready", opened::ready);
    server.createContext("/metrics", exchange -> answer(exchange, OK, opened.metrics.scrape()));
    server.start();
    return opened;
  }

  /** Where the SDK's metrics go. */
  Scope scope() {
    return new RootScopeBuilder()
        .reporter(new MicrometerClientStatsReporter(metrics))
        .reportEvery(com.uber.m3.util.Duration.ofSeconds(10));
  }

  /** From now on it is about these. */
  void show(ExecutorParts executor) {
    parts = executor;
    executor.bindTo(metrics);
  }

  String url() {
    InetSocketAddress address = server.getAddress();
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private void ready(HttpExchange exchange) throws IOException {
    ExecutorParts executor = parts;
    Optional<String> trouble = executor == null ? Optional.of("it starts") : executor.trouble();
    answer(exchange, trouble.isEmpty() ? OK : NOT_READY, trouble.orElse("UP"));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    metrics.close();
  }
}
