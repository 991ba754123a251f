package io.taskwright.sandbox.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A web server on the host's loopback: it gives back what it is sent, {@code hello} if that is
 * nothing, and 8 MiB at {@code /large}.
 */
final class WebServer implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int LARGE = 8 << 20;

  private final HttpServer server;

  private WebServer(HttpServer server) {
    this.server = server;
    server.createContext("/", WebServer::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static WebServer plain() throws IOException {
    return new WebServer(HttpServer.create(loopback(), 0));
  }

  /** With a certificate of its own, which it lays beside its key. */
  static WebServer secure(Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1", keys);
    keytool("-exportcert", "-rfc", "-file", certificate(folder).toString(), keys);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new WebServer(server);
  }

  /** Where the certificate of a secure one is. */
  static Path certificate(Path folder) {
    return folder.resolve("certificate.pem");
  }

  private static void keytool(Object... words) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    for (Object word : words) {
      if (word instanceof Path keys) {
        builder.command().add("-keystore");
        builder.command().add(keys.toString());
      } else {
        builder.command().add(word.toString());
      }
    }
    builder.command().addAll(List.of("-storepass", new String(PASSWORD), "-alias", "test"));
    if (builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        != 0) {
      throw new IOException("keytool failed");
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** As an egress list names it. */
  String address() {
    return "127.0.0.1:" + port();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestURI().getPath().equals("/large")) {
      body = new byte[LARGE];
    } else if (body.length == 0) {
      body = "hello".getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
