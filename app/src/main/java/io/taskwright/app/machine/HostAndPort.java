package io.taskwright.app.machine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a program listens.
 *
 * @param host its name or address
 * @param port from 1 to 65535
 */
public record HostAndPort(String host, int port) {
  private static final int LARGEST = 65_535;

  /** A port of this machine. */
  public static HostAndPort local(int port) {
    return new HostAndPort("127.0.0.1", port);
  }

  /** Reads {@code HOST:PORT}. */
  public static Optional<HostAndPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    return port < 1 || port > LARGEST
        ? Optional.empty()
        : Optional.of(new HostAndPort(text.substring(0, colon), port));
  }

  /** Whether somebody takes connections there. */
  public boolean listens(Duration within) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), Math.toIntExact(within.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
