package io.taskwright.sandbox.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine that answers well to everything but what the test says. */
final class FakeEngine implements AutoCloseable {
  private static final Answer WELL = new Answer(200, "{\"Id\":\"c1\",\"CgroupVersion\":\"1\"}");

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> hangUps = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  private record Answer(int status, String body) {}

  FakeEngine() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers a request, by its method and the end of its path, with an error. */
  FakeEngine fails(String request, int status) {
    answers.put(request, new Answer(status, "{\"message\":\"no space left on device\"}"));
    return this;
  }

  /** Hangs up on a request, as often as said, as one that is restarted does. */
  FakeEngine hangsUp(String request, int times) {
    hangUps.put(request, new AtomicInteger(times));
    return this;
  }

  /** Answers the request well from now on. */
  void recovers(String request) {
    answers.remove(request);
  }

  Engine connect() throws EnvironmentException {
    return Engine.connect("tcp://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was asked for, without the version in front. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("/v[0-9.]+", "");
    String request = exchange.getRequestMethod() + " " + path;
    asked.add(request);
    if (hangUps.getOrDefault(request, new AtomicInteger()).getAndDecrement() > 0) {
      exchange.close();
      return;
    }
    Answer answer = answers.getOrDefault(request, WELL);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (path.endsWith("/attach")) {
      exchange.getResponseHeaders().add("Connection", "Upgrade");
      exchange.getResponseHeaders().add("Upgrade", "tcp");
      exchange.sendResponseHeaders(101, 0);
      exchange.getResponseBody().flush();
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
