package io.taskwright.app.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.app.process.ProcessId;
import io.taskwright.app.service.Instance;
import io.taskwright.app.service.InstanceFile;
import io.taskwright.app.service.ServiceState;
import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service for the rehearsal of those who ask one: its data folder has nothing but its
 * description, and it gives the same answer to every question. Closing it removes the folder.
 */
final class StageService implements AutoCloseable {
  /** An execution that it knows; it knows all of them. */
  static final String EXECUTION = "0198c5d0-7b1a-7c3d-8e4f-000000000001";

  /** A task, an execution and a line of log at once. */
  private static final String ITEM =
      """
      "id":"%s","execution":"%1$s","name":"rehearsal","version":1,"status":"COMPLETED",
      "task":{"id":"%1$s","name":"rehearsal","version":1},"acceptedAt":"2026-01-01T00:00:00Z",
      "time":"2026-01-01T00:00:00Z","level":"INFO","source":"stdout","message":"a line",
      "output":{"n":1}
      """
          .formatted(EXECUTION);

  private static final String ANSWER = "{%s,\"items\":[{%1$s}]}".formatted(ITEM);

  private static final String EVENTS =
      """
      id: 1
      event: log
      data: {"at":"2026-01-01T00:00:00Z","level":"INFO","source":"stdout","message":"a line"}

      id: 2
      event: end
      data: {"at":"2026-01-01T00:00:00Z","status":"COMPLETED"}

      """;

  private final Path root;
  private final HttpServer http;

  private StageService(Path root, HttpServer http) {
    this.root = root;
    this.http = http;
  }

  static StageService open() throws IOException {
    Path root = Files.createTempDirectory("taskwright-rehearsal");
    DataFolder data = DataFolder.make(root);
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    http.createContext("/", StageService::answer);
    http.start();
    OwnerOnlyFile.write(data.adminKey(), "nobody");
    URI api = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    InstanceFile.of(data)
        .write(
            new Instance(
                root,
                ServiceState.READY,
                null,
                ProcessId.self(),
                new Instance.Addresses(api, null, null, data.adminKey()),
                List.of()));
    return new StageService(root, http);
  }

  Path data() {
    return root;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean events = exchange.getRequestURI().getPath().endsWith("/events");
      byte[] body = (events ? EVENTS : ANSWER).getBytes(StandardCharsets.UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange
          .getResponseHeaders()
          .set("Content-Type", events ? "text/event-stream" : "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() throws IOException {
    http.stop(0);
    Leftovers.remove(root);
  }
}
