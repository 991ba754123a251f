package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client's library would send, written to the socket as bytes. */
class RawRequestsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3})");

  /** What came back until the service closed the connection, or the patience was at its end. */
  private record Talk(String text, boolean closed) {
    List<Integer> statuses() {
      Matcher matcher = STATUS.matcher(text);
      return matcher.results().map(found -> Integer.valueOf(found.group(1))).toList();
    }
  }

  private static Talk say(String bytes) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), Shared.installation().port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      ByteArrayOutputStream heard = new ByteArrayOutputStream();
      boolean closed = true;
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (SocketException e) {
        // It was closed before all was said; what it answered can be read.
      }
      try {
        InputStream in = socket.getInputStream();
        byte[] part = new byte[8192];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
          heard.write(part, 0, read);
        }
      } catch (SocketTimeoutException e) {
        closed = false;
      } catch (SocketException e) {
        // Reset: closed too.
      }
      return new Talk(heard.toString(StandardCharsets.ISO_8859_1), closed);
    }
  }

  private static String head(String line, String... headers) {
    return line
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        + Shared.installation().adminKey()
        + "\r\n"
        + List.of(headers).stream().map(header -> header + "\r\n").collect(Collectors.joining());
  }

  private static String post(String... headers) {
    return head("POST /tasks/validate", "Content-Type: application/json")
        + List.of(headers).stream().map(header -> header + "\r\n").collect(Collectors.joining());
  }

  @Test
  void lengthsThatContradictEachOtherAreRefused() throws Exception {
    String second = head("GET /tasks") + "\r\n";
    for (String headers :
        List.of(
            "Content-Length: 2\r\nTransfer-Encoding: chunked",
            "Content-Length: 2\r\nContent-Length: 3",
            "Content-Length: -2",
            "Content-Length: 2x",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: nonsense")) {
      Talk talk = say(post(headers) + "\r\n0\r\n\r\n" + second);
      assertThat(talk.closed()).as(headers + talk).isTrue();
      assertThat(talk.statuses()).as(headers + talk).hasSize(1).allMatch(s -> s >= 400 && s < 502);
      assertHides(talk);
    }
  }

  @Test
  void aBodyThatEndsEarlyAndAHeadThatNeverEndsAreCutOff() throws Exception {
    FutureTask<Talk> slow =
        new FutureTask<>(() -> say("GET /tasks HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "));
    Thread.ofVirtual().start(slow);
    Talk body = say(post("Content-Length: 100") + "\r\n{\"name\":");
    assertThat(body.closed()).as(body.text()).isTrue();
    assertThat(body.statuses()).as(body.text()).allMatch(s -> s == 400 || s == 408);
    assertHides(body);
    Talk head = slow.get();
    assertThat(head.closed()).isTrue();
    assertThat(head.statuses()).as(head.text()).allMatch(s -> s == 400 || s == 408);
  }

  @Test
  void headersThatAreTooManyTooLongOrBrokenAreRefused() throws Exception {
    String many =
        IntStream.range(0, 10_000)
            .mapToObj(n -> "X-" + n + ": 1\r\n")
            .collect(Collectors.joining());
    for (String headers :
        List.of(
            many,
            "X-Long: " + "x".repeat(100 << 10) + "\r\n",
            "X-Broken: a\rb\r\n",
            "X-Nul: a\u0000b\r\n",
            "No colon\r\n",
            "X(y): 1\r\n")) {
      Talk talk = say(head("GET /tasks") + headers + "Connection: close\r\n\r\n");
      assertThat(talk.statuses())
          .as(headers.substring(0, Math.min(20, headers.length())) + talk)
          .allMatch(s -> s == 400 || s == 431);
      assertHides(talk);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tasks/",
        "//tasks",
        "/./tasks",
        "/x/../tasks",
        "/tasks;x=1",
        "/tasks%2f",
        "/%74asks/",
        "/TASKS",
        "/tasks/configs",
        "/health/live/../../tasks",
        "/health/live/..;/../tasks",
        "/health/live%2f..%2f..%2ftasks",
        "/health\\..\\tasks",
        "/tasks\u0000",
        "http://127.0.0.1/tasks/",
        "*"
      })
  void noSpellingOfAPathGoesAroundTheKey(String path) throws Exception {
    String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    Talk talk = say(request);
    assertThat(talk.statuses()).as(talk.text()).hasSize(1).allMatch(s -> s >= 400 && s <= 404);
    assertThat(talk.text()).doesNotContain("\"items\"");
    assertHides(talk);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0001b", "a\tb", "a\u007fb", "\u00e4", "a b"})
  void aKeyWithCharactersThatNobodySeesIsRefused(String key) throws Exception {
    String start =
        head("POST /tasks/none/executions", "Content-Type: application/json", "Content-Length: 2");
    Talk talk = say(start + "Idempotency-Key: " + key + "\r\nConnection: close\r\n\r\n{}");
    assertThat(talk.statuses()).as(talk.text()).containsExactly(400);
    assertHides(talk);
  }

  @Test
  void methodsThatAreNoneAreRefused() throws Exception {
    for (String method : List.of("TRACE", "CONNECT", "PROPFIND", "get", "G\u0001T", "PRI")) {
      Talk talk = say(head(method + " /tasks") + "Connection: close\r\n\r\n");
      assertThat(talk.statuses())
          .as(method + " " + talk)
          .hasSize(1)
          .allMatch(s -> s == 400 || s == 405 || s == 501 || s == 404);
      assertHides(talk);
    }
  }

  private static void assertHides(Talk talk) {
    assertThat(talk.text())
        .doesNotContain("Tomcat")
        .doesNotContain("java.")
        .doesNotContain("org.springframework")
        .doesNotContainIgnoringCase("<html");
  }
}
