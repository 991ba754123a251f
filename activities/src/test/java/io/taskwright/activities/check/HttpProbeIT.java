package io.taskwright.activities.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.activities.check.HttpProbe.Answer;
import io.taskwright.activities.check.HttpProbe.NoAnswer;
import io.taskwright.model.definition.Check.Http.Method;
import io.taskwright.sandbox.egress.AddressRange;
import io.taskwright.sandbox.egress.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeIT {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startAServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/away")) {
            exchange.getResponseHeaders().set("Location", "/there");
            exchange.sendResponseHeaders(302, -1);
          } else if (path.equals("/large")) {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1 << 16];
            try {
              for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(part);
              }
            } catch (IOException e) {
              // the probe has had enough
            }
          } else {
            byte[] body = "{\"ready\":true}".getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            if (!head) {
              exchange.getResponseBody().write(body);
            }
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static HttpProbe opened() {
    return new HttpProbe(new Addresses(List.of(AddressRange.parse("127.0.0.0/8").orElseThrow())));
  }

  @Test
  void readsStatusAndBody() throws NoAnswer {
    assertThat(opened().ask(url("/x?y=1"), Method.GET))
        .isEqualTo(new Answer(200, "{\"ready\":true}"));
    assertThat(opened().ask(url("/x"), Method.HEAD)).isEqualTo(new Answer(200, ""));
    assertThat(asked).containsExactly("GET /x?y=1", "HEAD /x");
  }

  @Test
  void followsNoRedirect() throws NoAnswer {
    assertThat(opened().ask(url("/away"), Method.GET).status()).isEqualTo(302);
    assertThat(asked).containsExactly("GET /away");
  }

  @Test
  void readsAtMostAMebibyte() throws NoAnswer {
    assertThat(opened().ask(url("/large"), Method.GET).body()).hasSize(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "127.1",
        "0x7f.1",
        "2130706433",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
      })
  void asksNothingOfWhatIsPrivate(String host) {
    String there = "http://" + host + ":" + server.getAddress().getPort() + "/x";
    assertThatThrownBy(() -> new HttpProbe(new Addresses(List.of())).ask(there, Method.GET))
        .isInstanceOf(NoAnswer.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void saysThatAPrivateAddressStaysClosed() {
    assertThatThrownBy(() -> new HttpProbe(new Addresses(List.of())).ask(url("/x"), Method.GET))
        .isInstanceOfSatisfying(
            NoAnswer.class,
            e -> {
              assertThat(e.lasting()).isTrue();
              assertThat(e.reason()).contains("127.0.0.1", "taskwright.checks.open-ranges");
            });
  }

  @Test
  void saysThatNobodyListens() {
    String there = url("/x");
    server.stop(0);
    assertThatThrownBy(() -> opened().ask(there, Method.GET))
        .isInstanceOfSatisfying(NoAnswer.class, e -> assertThat(e.lasting()).isFalse());
  }
}
