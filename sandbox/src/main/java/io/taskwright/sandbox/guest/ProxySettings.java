package io.taskwright.sandbox.guest;

import io.taskwright.model.definition.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a program is told of the proxy that is its way out: by what HTTP clients look for. */
final class ProxySettings {
  private static final String HOST = "127.0.0.1";

  /** The warden's: see {@code warden.h}. */
  private static final String PORT = "3128";

  private ProxySettings() {}

  /** For all that reads the environment; nothing if it may connect to nowhere. */
  static Map<String, String> variables(List<Destination> egress) {
    if (egress.isEmpty()) {
      return Map.of();
    }
    String proxy = "http://" + HOST + ":" + PORT;
    String direct = namesLoopback(egress) ? "" : "localhost,127.0.0.1,::1";
    Map<String, String> variables = new HashMap<>();
    for (String name : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")) {
      variables.put(name, proxy);
    }
    variables.put("no_proxy", direct);
    variables.put("NO_PROXY", direct);
    return variables;
  }

  /** For Java, which does not. */
  static List<String> javaFlags(List<Destination> egress) {
    if (egress.isEmpty()) {
      return List.of();
    }
    String direct = namesLoopback(egress) ? "" : "localhost|127.*|[::1]";
    return List.of(
        "-Dhttp.proxyHost=" + HOST,
        "-Dhttp.proxyPort=" + PORT,
        "-Dhttps.proxyHost=" + HOST,
        "-Dhttps.proxyPort=" + PORT,
        "-Dhttp.nonProxyHosts=" + direct);
  }

  /** Then the host's loopback is meant, and not the environment's own. */
  private static boolean namesLoopback(List<Destination> egress) {
    return egress.stream()
        .map(Destination::host)
        .anyMatch(host ->
            host.equals("localhost") || host.startsWith("127.") || host.equals("0:0:0:0:0:0:0:1"));
  }
}
