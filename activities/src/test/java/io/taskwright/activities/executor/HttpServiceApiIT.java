package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.WorkerBeat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void givesUpWhereAskingAgainWouldChangeNothing() {
    for (int refusal : new int[] {400, 401, 403, 404, 422}) {
      status = refusal;
      assertThatThrownBy(() -> api.open(OPENING))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.ofKey()).isEqualTo(refusal == 401 || refusal == 403));
    }
    for (int later : new int[] {408, 425, 429, 500, 503}) {
      status = later;
      assertThatThrownBy(() -> api.open(OPENING))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(RefusedException.class);
    }
  }

  @Test
  void fetchesAFileThatIsThere(@TempDir Path folder) throws Exception {
    Path target = folder.resolve("in-0");
    answer = "data";
    assertThat(api.file("token", "ab", target)).isTrue();
    assertThat(target).hasContent("data");
    status = 404;
    assertThat(api.file("token", "ab", target)).isFalse();
    status = 503;
    assertThatThrownBy(() -> api.file("token", "ab", target)).isInstanceOf(IOException.class);
    assertThat(asked.getFirst()).isEqualTo("GET /executor/files/ab Bearer token");
  }

  @Test
  void handsInAFileUnderItsHash(@TempDir Path folder) throws Exception {
    Path content = Files.writeString(folder.resolve("out-0"), "1,2");
    LeftFile file = new LeftFile("plots/a b.csv", content, "ab", 3);
    assertThat(api.artifact("token", file)).isEmpty();
    assertThat(asked)
        .containsExactly(
            "PUT /executor/attempts/current/artifacts/ab?path=plots%2Fa+b.csv Bearer token");
    assertThat(bodies.getLast()).isEqualTo("1,2");
    status = 409;
    assertThat(api.artifact("token", file)).isEmpty();
    status = 413;
    answer = "{\"detail\":\"too much\"}";
    assertThat(api.artifact("token", file)).contains("too much");
    status = 422;
    answer = "{}";
    assertThat(api.artifact("token", file)).contains("refused");
    status = 403;
    assertThatThrownBy(() -> api.artifact("token", file)).isInstanceOf(RefusedException.class);
  }

  @Test
  void agreesOnTheLockOfPackages() throws Exception {
    answer = "{\"lock\":\"{}\"}";
    assertThat(api.lock("token", new LockRequest("cpython", null)).lock()).isEqualTo("{}");
    assertThat(asked).containsExactly("POST /executor/attempts/current/lock Bearer token");
    assertThat(bodies.getFirst()).contains("\"platform\":\"cpython\"");
  }

  @Test
  void tellsOfItselfUntilItLeaves() throws Exception {
    WorkerBeat beat =
        new WorkerBeat("gpu", "h", "1", 8, 1, false, List.of("python"), List.of(), Instant.EPOCH);
    api.heard("w-1", beat);
    api.left("w-1");
    assertThat(asked)
        .containsExactly(
            "PUT /executor/workers/w-1 Bearer the-key",
            "DELETE /executor/workers/w-1 Bearer the-key");
    assertThat(bodies.getFirst()).contains("\"pool\":\"gpu\"");
    status = 401;
    assertThatThrownBy(() -> api.heard("w-1", beat)).isInstanceOf(RefusedException.class);
  }
}
