package io.taskwright.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressProxyIT {
  private static final Addresses LOOPBACK =
      new Addresses(List.of(AddressRange.parse("127.0.0.1/32").orElseThrow()));

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  @TempDir private Path folder;
  private HttpServer server;
  private Destination there;
  private EgressProxy proxy;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String host = exchange.getRequestHeaders().getFirst("Host");
          byte[] sent = exchange.getRequestBody().readAllBytes();
          byte[] body =
              (host + " " + exchange.getRequestURI() + " " + sent.length)
                  .getBytes(StandardCharsets.UTF_8);
          if (exchange.getRequestURI().getPath().equals("/large")) {
            body = new byte[1 << 20];
          }
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    there = new Destination("service.test", server.getAddress().getPort());
  }

  @AfterEach
  void end() {
    proxy.close();
    server.stop(0);
  }

  private void open(EgressPolicy policy, Resolver resolver) throws IOException {
    proxy =
        EgressProxy.open(
            folder.resolve("out"),
            policy,
            resolver,
            new EgressLog() {
              @Override
              public void denied(String target, String reason) {
                log.add("denied " + target + ": " + reason);
              }

              @Override
              public void failed(Destination destination, String reason) {
                log.add("failed " + destination + ": " + reason);
              }

              @Override
              public void closed(
                  Destination destination, String address, long sent, long received) {
                log.add("closed " + destination + " " + address + " " + sent + " " + received);
              }
            });
  }

  private void open() throws IOException {
    open(policy(LOOPBACK, 10), EgressProxyIT::loopback);
  }

  private EgressPolicy policy(Addresses addresses, int mebibytes) {
    ByteSize total = ByteSize.ofMebibytes(mebibytes);
    return new EgressPolicy(Set.of(there), new EgressTerms(addresses, total, total, 4));
  }

  private static List<InetAddress> loopback(String host) throws UnknownHostException {
    if (host.equals("unknown.test")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.ofLiteral("127.0.0.1"));
  }

  /** Sends the text, and reads until the proxy or the server has no more to say. */
  private String ask(String text) throws IOException {
    try (SocketChannel client =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("out")))) {
      client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String tunnel(String path) throws IOException {
    return ask(
        "CONNECT "
            + there
            + " HTTP/1.1\r\nHost: "
            + there
            + "\r\n\r\nGET "
            + path
            + " HTTP/1.1\r\nHost: inside\r\nConnection: close\r\n\r\n");
  }

  @Test
  void opensATunnelToWhatTheDefinitionNames() throws IOException {
    open();
    assertThat(tunnel("/x"))
        .startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")
        .endsWith("inside /x 0");
    await().until(() -> log.size() == 1);
    assertThat(log.getFirst())
        .startsWith("closed " + there + " 127.0.0.1:" + there.port() + " ")
        .matches(".* [1-9][0-9]+ [1-9][0-9]+");
  }

  @Test
  void forwardsPlainRequestsUnderTheHostThatWasChecked() throws IOException {
    open();
    String answer =
        ask(
            "POST http://"
                + there
                + "/a?b=c HTTP/1.1\r\n"
                + "Host: another.test\r\n"
                + "Content-Length: 3\r\n"
                + "Proxy-Authorization: Basic eDp5\r\n\r\n"
                + "abc");
    assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith(there + " /a?b=c 3");
  }

  @Test
  void endsAConnectionAfterOneAnswer() throws IOException {
    open();
    String answer = ask("GET http://" + there + "/ HTTP/1.1\r\nConnection: keep-alive\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\nConnection: close\r\n")
        .containsOnlyOnce("Connection:")
        .endsWith(there + " / 0");
  }

  @Test
  void answersAClientThatHesitates() throws IOException {
    open();
    String answer =
        ask(
            "POST http://"
                + there
                + "/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(answer)
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
        .endsWith(there + " / 3");
  }

  @Test
  void deniesWhatTheDefinitionDoesNotName() throws IOException {
    open();
    Destination other = new Destination(there.host(), there.port() + 1);
    for (String target : List.of("other.test:443", other.toString(), "127.0.0.1:" + there.port())) {
      assertThat(ask("CONNECT " + target + " HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ")
          .contains("egress denied: the definition's egress does not name " + target);
      assertThat(log.removeFirst()).startsWith("denied " + target);
    }
  }

  @Test
  void deniesEverySpellingButTheUsualOne() throws IOException {
    open();
    for (String target : List.of("2130706433:80", "0x7f.1:80", "user@" + there, "[::1%lo]:80")) {
      assertThat(ask("CONNECT " + target + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    }
    for (String url :
        List.of("ftp://" + there + "/", "http://user:word@" + there + "/", "/", "http:/", "%")) {
      assertThat(ask("GET " + url + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    }
    assertThat(log).hasSize(9);
  }

  @Test
  void deniesNamesThatLeadToSpecialAddresses() throws IOException {
    open(policy(new Addresses(List.of()), 10), EgressProxyIT::loopback);
    assertThat(tunnel("/")).startsWith("HTTP/1.1 403 ").contains("127.0.0.1, which is not public");
  }

  @Test
  void deniesNamesOfWhichOneAddressIsSpecial() throws IOException {
    open(
        policy(LOOPBACK, 10),
        host -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1")));
    assertThat(tunnel("/")).startsWith("HTTP/1.1 403 ").contains("10.0.0.1");
  }

  @Test
  void resolvesANameOnceForAConnection() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    open(
        policy(LOOPBACK, 10),
        host ->
            List.of(
                InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")));
    assertThat(tunnel("/")).contains("200 OK");
    assertThat(asked).hasValue(1);
    assertThat(tunnel("/")).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void saysWhenAHostIsUnknownOrDoesNotAnswer() throws IOException {
    there = new Destination("unknown.test", 80);
    open();
    assertThat(tunnel("/")).startsWith("HTTP/1.1 502 ").contains("unknown.test:80 is unknown");
    proxy.close();
    there = new Destination("service.test", 1);
    open();
    assertThat(tunnel("/")).startsWith("HTTP/1.1 502 ").contains("does not answer");
    assertThat(log)
        .containsExactly(
            "failed unknown.test:80: is unknown", "failed service.test:1: does not answer");
  }

  @Test
  void asksTheHostForNames() throws IOException {
    Resolver host = Resolver.ofHost();
    assertThat(host.resolve("localhost")).allMatch(InetAddress::isLoopbackAddress);
    assertThat(host.resolve("192.0.2.1")).containsExactly(InetAddress.ofLiteral("192.0.2.1"));
    assertThatThrownBy(() -> host.resolve("unknown.invalid"))
        .isInstanceOf(UnknownHostException.class);
    open();
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    open();
    for (String text :
        List.of("x\r\n\r\n", "GET /\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\nA: \u0001\r\n\r\n")) {
      assertThat(ask(text)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void endsConnectionsWhenTheRunHasMovedAllThatItMay() throws IOException {
    open(policy(LOOPBACK, 1), EgressProxyIT::loopback);
    assertThat(tunnel("/large").length()).isLessThan(1 << 20);
    assertThat(log).anyMatch(line -> line.contains("all the bytes that it may: 1Mi"));
    assertThat(tunnel("/")).doesNotContain("200 OK");
  }

  @Test
  void boundsConnectionsAtOnce() throws IOException {
    open();
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        SocketChannel client =
            SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("out")));
        idle.add(client);
        client.write(
            ByteBuffer.wrap(
                ("CONNECT " + there + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(client.read(ByteBuffer.allocate(100))).isPositive();
      }
      assertThat(ask("")).startsWith("HTTP/1.1 403 ").contains("at most 4 connections at once");
    } finally {
      for (SocketChannel client : idle) {
        client.close();
      }
    }
    await().untilAsserted(() -> assertThat(tunnel("/")).contains("200 OK"));
  }

  @Test
  void leavesNothingWhenItIsClosed() throws IOException {
    open();
    try (SocketChannel client =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("out")))) {
      client.write(
          ByteBuffer.wrap(
              ("CONNECT " + there + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
      assertThat(client.read(ByteBuffer.allocate(100))).isPositive();

      proxy.close();

      assertThat(client.read(ByteBuffer.allocate(100))).isNegative();
    }
    assertThat(Files.exists(folder.resolve("out"))).isFalse();
    await().until(() -> log.size() == 1);
    assertThat(log.getFirst()).startsWith("closed ");
  }
}
