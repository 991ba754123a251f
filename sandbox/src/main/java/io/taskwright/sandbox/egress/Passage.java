package io.taskwright.sandbox.egress;

import io.taskwright.model.definition.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One connection of the code, from its request to its end. */
final class Passage implements AutoCloseable {
  private static final int LONGEST_HEAD = 16_384;
  private static final int CONNECT_MILLIS = 10_000;

  private final SocketChannel client;
  private final EgressPolicy policy;
  private final Resolver resolver;
  private final EgressLog log;
  private final Allowance allowance;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private String target = "";
  private @Nullable SocketChannel server;
  private boolean closed;

  Passage(
      SocketChannel client,
      EgressPolicy policy,
      Resolver resolver,
      EgressLog log,
      Allowance allowance) {
    this.client = client;
    this.policy = policy;
    this.resolver = resolver;
    this.log = log;
    this.allowance = allowance;
  }

  /** Does what the code asks for, if it may. */
  void serve() {
    ByteBuffer read = ByteBuffer.allocate(LONGEST_HEAD);
    try {
      int end = readHead(client, read);
      if (end < 0) {
        return;
      }
      byte[] head = new byte[end];
      read.flip().get(head);
      Optional<ProxyRequest> request = ProxyRequest.parse(head);
      if (request.isEmpty()) {
        answer("400 Bad Request", "this is a proxy: CONNECT host:port, or GET http://host/path");
      } else {
        serve(request.get(), read);
      }
    } catch (IOException e) {
      // One side has gone; so goes the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that there are too many. */
  void refuseBusy() {
    try {
      deny("", "at most " + policy.terms().connections() + " connections at once");
    } catch (IOException e) {
      // It did not wait for the answer.
    }
  }

  /** Reads until the empty line; tells where the head ends, or -1 if it does not. */
  private static int readHead(SocketChannel from, ByteBuffer into) throws IOException {
    int known = 0;
    while (into.hasRemaining() && from.read(into) >= 0) {
      for (int end = Math.max(4, known); end <= into.position(); end++) {
        if (into.getInt(end - 4) == 0x0d0a0d0a) {
          return end;
        }
      }
      known = into.position();
    }
    return -1;
  }

  /**
   * @param rest what was read beyond the head
   */
  private void serve(ProxyRequest request, ByteBuffer rest)
      throws IOException, InterruptedException {
    Destination destination = request.destination().orElse(null);
    if (destination == null) {
      deny(request.target(), "it is no http URL or host:port in its usual spelling");
    } else if (!policy.allowed().contains(destination)) {
      deny(request.target(), "the definition's egress does not name " + destination);
    } else {
      policy.gate().await();
      connect(request, destination, rest);
    }
  }

  private void connect(ProxyRequest request, Destination destination, ByteBuffer rest)
      throws IOException, InterruptedException {
    List<InetAddress> addresses;
    try {
      addresses = resolver.resolve(destination.host());
    } catch (UnknownHostException e) {
      fail(destination, "is unknown");
      return;
    }
    for (InetAddress address : addresses) {
      // One of several that is not allowed is an attack, or as good as one.
      if (!policy.terms().addresses().allow(address)) {
        deny(
            request.target(),
            "it leads to "
                + address.getHostAddress()
                + ", which is not public, or this host's own");
        return;
      }
    }
    Optional<SocketChannel> connected = connected(addresses, destination.port());
    if (connected.isEmpty()) {
      fail(destination, "does not answer");
    } else {
      pass(request, destination, connected.get(), rest);
    }
  }

  /** To the very addresses that were checked. */
  private Optional<SocketChannel> connected(List<InetAddress> addresses, int port)
      throws IOException {
    for (InetAddress address : addresses) {
      SocketChannel channel = SocketChannel.open();
      keep(channel);
      try {
        channel.socket().connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        return Optional.of(channel);
      } catch (IOException e) {
        channel.close();
      }
    }
    return Optional.empty();
  }

  /** What is closed with this passage, connected or on the way there. */
  private synchronized void keep(SocketChannel channel) throws IOException {
    server = channel;
    if (closed) {
      channel.close();
    }
  }

  private void pass(
      ProxyRequest request, Destination destination, SocketChannel to, ByteBuffer rest)
      throws IOException, InterruptedException {
    String address = String.valueOf(to.getRemoteAddress()).substring(1);
    target = request.target();
    try {
      if (request.tunnel()) {
        write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      } else {
        if (request.hesitant()) {
          write(client, "HTTP/1.1 100 Continue\r\n\r\n");
        }
        move(ByteBuffer.wrap(request.forwarded().getBytes(StandardCharsets.ISO_8859_1)), to, sent);
      }
      move(rest, to, sent);
      Thread upward = Thread.ofVirtual().start(() -> copy(client, to, sent));
      if (!request.tunnel()) {
        passHead(to);
      }
      copy(to, client, received);
      close();
      upward.join();
    } finally {
      close();
      log.closed(destination, address, sent.get(), received.get());
    }
  }

  /** Hands on the head of the server's answer; what is none goes on as it is. */
  private void passHead(SocketChannel from) throws IOException, InterruptedException {
    ByteBuffer read = ByteBuffer.allocate(LONGEST_HEAD);
    int end = readHead(from, read);
    read.flip();
    if (end > 0) {
      byte[] head = new byte[end];
      read.get(head);
      move(ByteBuffer.wrap(ResponseHead.closing(head)), client, received);
    }
    move(read, client, received);
  }

  private void copy(SocketChannel from, SocketChannel to, AtomicLong count) {
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_HEAD);
    try {
      while (from.read(buffer) >= 0) {
        move(buffer.flip(), to, count);
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
  }

  /** Moves what the buffer holds; ends the connection when the run may move no more. */
  private void move(ByteBuffer buffer, SocketChannel to, AtomicLong count)
      throws IOException, InterruptedException {
    if (!to.equals(client)) {
      policy.gate().await();
    }
    int bytes = buffer.remaining();
    if (!allowance.take(bytes)) {
      log.denied(target, "the run has moved all the bytes that it may: " + policy.terms().total());
      close();
      return;
    }
    count.addAndGet(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  private void deny(String target, String reason) throws IOException {
    log.denied(target, reason);
    answer("403 Forbidden", "egress denied: " + reason);
  }

  private void fail(Destination destination, String reason) throws IOException {
    log.failed(destination, reason);
    answer("502 Bad Gateway", destination + " " + reason);
  }

  private void answer(String status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    write(
        client,
        "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, body.length));
    client.write(ByteBuffer.wrap(body));
  }

  private static void write(SocketChannel to, String head) throws IOException {
    to.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      client.close();
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      // It is gone.
    }
  }
}
