package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceApiIT {
  private static final OpenAttempt OPENING = new OpenAttempt("grant", "nonce", "w1");
  private static final ProgressReport REPORT = new ProgressReport(1, List.of());
  private static final AttemptEnd END =
      new AttemptEnd(2, List.of(), "42", null, "bubblewrap/x", 10, 5, 1_000);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer service;
  private HttpServiceApi api;
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization")));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    service.start();
    api =
        new HttpServiceApi(
            URI.create("http://127.0.0.1:" + service.getAddress().getPort()), () -> "the-key");
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void opensAnAttemptWithTheExecutorsKey() throws Exception {
    answer = "{\"state\":\"EXHAUSTED\",\"code\":\"WORKER_LOST\",\"assignment\":null}";
    assertThat(api.open(OPENING))
        .isEqualTo(new AttemptAnswer(AttemptAnswer.State.EXHAUSTED, FailureCode.WORKER_LOST, null));
    assertThat(asked).containsExactly("POST /executor/attempts Bearer the-key");
    assertThat(bodies.getFirst()).contains("\"grant\":\"grant\"").contains("\"worker\":\"w1\"");
  }

  @Test
  void showsTheAttemptsTokenAfterwards() throws Exception {
    answer = "zip";
    assertThat(api.bundle("token", "sha256:ab")).asString().isEqualTo("zip");
    answer = "{}";
    assertThat(api.report("token", REPORT)).isTrue();
    answer = "{\"accepted\":true,\"failure\":\"OUTPUT_INVALID\"}";
    assertThat(api.end("token", END))
        .isEqualTo(new AttemptVerdict(true, FailureCode.OUTPUT_INVALID));
    assertThat(asked)
        .containsExactly(
            "GET /executor/bundles/sha256:ab Bearer token",
            "POST /executor/attempts/current/reports Bearer token",
            "POST /executor/attempts/current/end Bearer token");
    assertThat(bodies.getLast()).contains("\"output\":\"42\"").contains("\"peakMemory\":1000");
  }

  @Test
  void learnsThatAnotherAttemptHasTakenOver() throws Exception {
    status = 409;
    assertThat(api.report("token", REPORT)).isFalse();
  }

  @Test
  void saysWhichQuestionWasRefused() {
    status = 503;
    assertThatThrownBy(() -> api.report("token", REPORT))
        .isInstanceOf(IOException.class)
        .hasMessage("POST /executor/attempts/current/reports was answered 503");
    assertThatThrownBy(() -> api.bundle("token", "sha256:ab"))
        .isInstanceOf(IOException.class)
        .hasMessage("GET /executor/bundles/sha256:ab was answered 503");
  }
}
