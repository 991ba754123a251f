package io.taskwright.model.definition;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a connection goes. Nothing is asked of a network to read one.
 *
 * @param host a name in lower-case ASCII, or an address in its usual spelling without brackets
 * @param port 1 to 65535
 */
public record Destination(String host, int port) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  /** What resolvers take for a number: such a name is an address in disguise. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private static final int LONGEST_NAME = 253;

  /**
   * Reads {@code host:port}; an address of version 6 stands in brackets. Names in other scripts
   * become ASCII. Every spelling of an address but the usual one is refused: {@code 127.1}, {@code
   * 0x7f.1}, {@code 2130706433}, {@code [::1%lo]}, full-width digits.
   */
  public static Optional<Destination> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    return port > 65535
        ? Optional.empty()
        : host(text.substring(0, colon)).map(host -> new Destination(host, port));
  }

  private static Optional<String> host(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      String inside = text.substring(1, text.length() - 1);
      return inside.contains(":") ? address(inside) : Optional.empty();
    }
    if (text.matches("[0-9.]+")) {
      return address(text).filter(text::equals);
    }
    return name(text);
  }

  private static Optional<String> address(String text) {
    if (text.contains("%")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> name(String text) {
    try {
      String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      String last = ascii.substring(ascii.lastIndexOf('.') + 1);
      boolean good =
          ascii.length() <= LONGEST_NAME
              && NAME.matcher(ascii).matches()
              && !NUMBER.matcher(last).matches();
      return good ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
