package io.taskwright.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a real socket that gives the answers it was told to, one after the other. */
public final class StandInService implements AutoCloseable {
  public static final ApiKey KEY = new ApiKey("tw_secret");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** What it was asked. */
  public record Asked(String method, String target, Map<String, String> headers, String body) {}

  /** What it answers; {@code whole} is false if the connection breaks before the end. */
  record Reply(int status, String type, String body, boolean whole) {}

  public StandInService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Adds an answer of JSON, given with single quotes. */
  public StandInService json(int status, String body) {
    return reply(new Reply(status, "application/json", body.replace('\'', '"'), true));
  }

  /** Adds a problem. */
  public StandInService problem(int status, String code, String detail) {
    return json(status, "{'status':%d,'code':'%s','detail':'%s'}".formatted(status, code, detail));
  }

  /** Adds a stream of events that ends as it should, each given as {@code id|type|data}. */
  StandInService events(String... events) {
    return reply(new Reply(200, "text/event-stream", stream(events), true));
  }

  /** Adds a stream of events that breaks off in the middle of the last one. */
  StandInService brokenEvents(String... events) {
    String stream = stream(events);
    return reply(
        new Reply(200, "text/event-stream", stream.substring(0, stream.length() - 3), false));
  }

  private static String stream(String... events) {
    StringBuilder stream = new StringBuilder(": hello\n\n");
    for (String event : events) {
      List<String> parts = Arrays.asList(event.split("\\|", 3));
      stream.append("id:%s\nevent:%s\n".formatted(parts.get(0), parts.get(1)));
      stream.append("data:%s\n\n".formatted(parts.get(2).replace('\'', '"')));
    }
    return stream.toString();
  }

  synchronized StandInService reply(Reply reply) {
    replies.add(reply);
    return this;
  }

  private synchronized Reply next() {
    Reply reply = replies.poll();
    return reply == null ? new Reply(500, "text/plain", "no answer is left", true) : reply;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Reply reply = next();
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.sendResponseHeaders(reply.status(), length(reply, body));
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
    if (reply.whole()) {
      exchange.getResponseBody().close();
    }
    exchange.close();
  }

  /** The length that is announced: that of a reply that breaks off is never reached. */
  private static long length(Reply reply, byte[] body) {
    if (reply.whole()) {
      return body.length == 0 ? -1 : 0;
    }
    return body.length + 10L;
  }

  /** Everything that was asked, in order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The last thing that was asked. */
  public Asked last() {
    return asked.getLast();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A client that repeats what may be repeated for so long. */
  public TaskwrightClient client(Duration patience) {
    return new TaskwrightClient(new Endpoint(url(), KEY, patience));
  }

  /** A client that asks once. */
  public TaskwrightClient client() {
    return client(Duration.ZERO);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
