package io.taskwright.sandbox.kubernetes;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to a server: requests of HTTP/1.1, and messages once it has become a web socket. */
final class Wire implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int fragments;

  /** What a client asks for; names of headers are in lower case. */
  record Request(String method, String target, Map<String, String> headers, String body) {
    boolean upgrades() {
      return "websocket".equalsIgnoreCase(headers.get("upgrade"));
    }
  }

  /** A message's first or further part. */
  @SuppressWarnings("ArrayRecordComponent") // read once and never compared
  record Part(boolean first, byte[] bytes) {}

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  /** The next request, or null at the end. */
  @Nullable Request request() throws IOException {
    String start = line();
    if (start.isEmpty()) {
      return null;
    }
    String[] words = start.split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(words[0], words[1], headers, body);
  }

  void answer(int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    head(status + " It", "Content-Type: application/json\r\nContent-Length: " + body.length);
    out.write(body);
    out.flush();
  }

  /** Becomes a web socket, with the first protocol that the client offers. */
  void upgrade(Request request) throws IOException {
    String protocols = request.headers().getOrDefault("sec-websocket-protocol", "");
    String chosen =
        protocols.isEmpty() ? "" : "\r\nSec-WebSocket-Protocol: " + protocols.split(",", -1)[0];
    head(
        "101 Switching Protocols",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept(request.headers().get("sec-websocket-key"))
            + chosen);
  }

  synchronized void send(int type, byte[] payload, int offset, int length) throws IOException {
    byte[] head =
        length < 126
            ? new byte[] {(byte) (0x80 | type), (byte) length}
            : new byte[] {(byte) (0x80 | type), 126, (byte) (length >> 8), (byte) length};
    out.write(head);
    out.write(payload, offset, length);
    out.flush();
  }

  /** Says that nothing more comes. */
  void sendEnd() throws IOException {
    send(CLOSE, new byte[] {3, (byte) 0xE8}, 0, 2); // 1000: all is well.
  }

  /** The next part of a message, or null at the end. */
  @Nullable Part receive() throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      byte[] payload = payload();
      switch (first & 0x0F) {
        case CLOSE -> {
          return null;
        }
        case PING -> send(PONG, payload, 0, payload.length);
        case PONG -> {}
        default -> {
          boolean begins = fragments == 0;
          fragments = (first & 0x80) != 0 ? 0 : fragments + 1;
          return new Part(begins, payload);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte[] payload() throws IOException {
    int second = in.readUnsignedByte() & 0x7F; // Clients always mask.
    long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private void head(String status, String headers) throws IOException {
    out.write(
        ("HTTP/1.1 " + status + "\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
      if (one != '\r') {
        line.append((char) one);
      }
    }
    return line.toString();
  }

  private static String accept(@Nullable String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
