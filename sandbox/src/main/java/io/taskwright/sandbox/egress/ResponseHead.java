package io.taskwright.sandbox.egress;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The head of a server's answer, on its way to the code. */
final class ResponseHead {
  private static final Set<String> DROPPED = Set.of("connection", "proxy-connection", "keep-alive");

  private ResponseHead() {}

  /**
   * The same head, with the word that the connection ends after this answer: what else came over it
   * would go to this server, whatever the client meant.
   */
  static byte[] closing(byte[] head) {
    String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    StringBuilder text = new StringBuilder(lines[0]).append("\r\nConnection: close\r\n");
    for (int i = 1; i < lines.length - 2; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
      if (!DROPPED.contains(name)) {
        text.append(lines[i]).append("\r\n");
      }
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
