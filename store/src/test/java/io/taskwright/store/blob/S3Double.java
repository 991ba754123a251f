package io.taskwright.store.blob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that speaks the part of S3's protocol that we use, over a socket: signed requests,
 * chunked uploads, checksums, ranges, errors in XML.
 */
final class S3Double implements AutoCloseable {
  static final String BUCKET = "bucket";

  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicInteger failing = new AtomicInteger();
  private final HttpServer server;

  S3Double() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String key = exchange.getRequestURI().getPath().substring(("/" + BUCKET + "/").length());
    calls.add(exchange.getRequestMethod() + " " + key);
    if (!Objects.requireNonNullElse(header(exchange, "Authorization"), "")
        .startsWith("AWS4-HMAC-SHA256 Credential=")) {
      error(exchange, 403, "AccessDenied");
    } else if (failing.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      error(exchange, 503, "SlowDown");
    } else {
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, key, body);
        case "HEAD" -> head(exchange, key);
        case "GET" -> get(exchange, key);
        case "DELETE" -> {
          objects.remove(key);
          answer(exchange, 204, new byte[0]);
        }
        default -> error(exchange, 405, "MethodNotAllowed");
      }
    }
    exchange.close();
  }

  private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
    String hash = Objects.requireNonNullElse(header(exchange, "x-amz-content-sha256"), "");
    byte[] bytes = hash.startsWith("STREAMING-") ? unchunked(body) : body;
    String checksum = header(exchange, "x-amz-checksum-sha256");
    if (checksum == null || !checksum.equals(checksum(bytes))) {
      error(exchange, 400, "BadDigest");
      return;
    }
    objects.put(key, bytes);
    exchange.getResponseHeaders().set("ETag", "\"x\"");
    answer(exchange, 200, new byte[0]);
  }

  private void head(HttpExchange exchange, String key) throws IOException {
    byte[] bytes = objects.get(key);
    if (bytes != null) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
    }
    exchange.sendResponseHeaders(bytes == null ? 404 : 200, -1);
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    byte[] bytes = objects.get(key);
    String range = header(exchange, "Range");
    if (bytes == null) {
      error(exchange, 404, "NoSuchKey");
    } else if (range == null) {
      answer(exchange, 200, bytes);
    } else {
      int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      answer(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
    }
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** Each chunk: its length in hexadecimal and perhaps a signature, a line's end, it, another. */
  private static byte[] unchunked(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      String head = new String(body, at, end - at, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(head.split(";", 2)[0], 16);
      if (length == 0) {
        return bytes.toByteArray();
      }
      bytes.write(body, end + 2, length);
      at = end + 2 + length + 2;
    }
  }

  private static String checksum(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    answer(
        exchange,
        status,
        ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
