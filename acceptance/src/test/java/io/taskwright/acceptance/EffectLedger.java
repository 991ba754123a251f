package io.taskwright.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Something outside on which code has an effect, and which counts each of them. */
final class EffectLedger implements AutoCloseable {
  private final Map<String, Integer> effects = new ConcurrentHashMap<>();
  private final HttpServer server;

  EffectLedger() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext(
        "/",
        exchange -> {
          effects.merge(exchange.getRequestURI().getPath().substring(1), 1, Integer::sum);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  /** As a definition names it. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often an execution had its effect. */
  int of(String execution) {
    return effects.getOrDefault(execution, 0);
  }

  /** Python that says that it has begun, waits as its input says, has its effect, and returns. */
  String program() {
    return """
    import os, time
    from urllib.request import Request, urlopen
    print("begun", flush=True)
    def main(seconds):
        time.sleep(seconds)
        url = "http://%s/" + os.environ["TASK_ID"]
        urlopen(Request(url, data=b"x"), timeout=600).read()
        return "done"
    """
        .formatted(address());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
