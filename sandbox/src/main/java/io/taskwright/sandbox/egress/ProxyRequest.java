package io.taskwright.sandbox.egress;

import io.taskwright.model.definition.Destination;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks of a proxy (RFC 9110, RFC 9112).
 *
 * @param target where to, as the client wrote it
 * @param destination the same, understood; empty if it cannot be
 * @param forwarded the head that the server is sent; empty for a tunnel
 * @param hesitant whether the client waits for a word before it sends what follows the head
 */
record ProxyRequest(
    String target, Optional<Destination> destination, String forwarded, boolean hesitant) {
  private static final int LONGEST_TARGET = 300;
  private static final int HTTP = 80;

  /** What concerns this connection alone, or is written anew. */
  private static final Set<String> DROPPED =
      Set.of(
          "host",
          "connection",
          "expect", // answered here
          "proxy-connection",
          "proxy-authorization",
          "keep-alive",
          "te",
          "trailer",
          "upgrade");

  /** Whether the client wants a tunnel: what follows is not ours to read. */
  boolean tunnel() {
    return forwarded.isEmpty();
  }

  /**
   * Reads the head of a request, up to its empty line.
   *
   * @return nothing if it is none
   */
  static Optional<ProxyRequest> parse(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    List<String> lines = List.of(text.substring(0, text.length() - 4).split("\r\n", -1));
    String[] words = lines.getFirst().split(" ", -1);
    boolean clean = lines.stream().allMatch(ProxyRequest::clean);
    if (!clean || words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return Optional.empty();
    }
    return Optional.of(
        words[0].equals("CONNECT")
            ? new ProxyRequest(shortened(words[1]), Destination.parse(words[1]), "", false)
            : plain(words[0], words[1], lines));
  }

  private static boolean clean(String line) {
    return line.chars().allMatch(c -> (c >= ' ' && c != 0x7f) || c == '\t');
  }

  private static ProxyRequest plain(String method, String url, List<String> lines) {
    try {
      URI uri = new URI(url);
      boolean understood =
          "http".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null;
      if (!understood) {
        return new ProxyRequest(shortened(url), Optional.empty(), "", false);
      }
      int port = uri.getPort() < 0 ? HTTP : uri.getPort();
      Optional<Destination> destination = Destination.parse(uri.getHost() + ":" + port);
      List<String> headers = lines.subList(1, lines.size());
      return new ProxyRequest(
          shortened(url),
          destination,
          forwarded(method, uri, headers),
          headers.stream().anyMatch(line -> name(line).equals("expect")));
    } catch (URISyntaxException e) {
      return new ProxyRequest(shortened(url), Optional.empty(), "", false);
    }
  }

  /** The host is the one that was checked, whatever the client's header says. */
  private static String forwarded(String method, URI uri, List<String> headers) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(uri.getRawAuthority()).append("\r\nConnection: close\r\n");
    headers.stream().filter(ProxyRequest::kept).forEach(line -> head.append(line).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private static boolean kept(String header) {
    String name = name(header);
    return !name.isEmpty() && !DROPPED.contains(name);
  }

  private static String name(String header) {
    return header.substring(0, Math.max(header.indexOf(':'), 0)).toLowerCase(Locale.ROOT);
  }

  private static String shortened(String target) {
    return target.length() <= LONGEST_TARGET ? target : target.substring(0, LONGEST_TARGET) + "…";
  }
}
