package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The checks of side effects, made when the work is done. */
final class ChecksIT {
  private static final Installation OPEN = Installation.fresh();
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int asked = ASKED.incrementAndGet();
          byte[] body = ("{\"ready\":" + (asked > 1) + "}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    OPEN.up(Map.of("TASKWRIGHT_CHECKS_OPENRANGES", "127.0.0.1/32"));
  }

  @AfterAll
  static void stop() {
    OPEN.close();
    server.stop(0);
  }

  private static JsonNode run(Rest rest, String runtime, String source, String more) {
    String task = Tasks.define(rest, Tasks.of(runtime, source, more));
    return rest.await(rest.start(task, "{}"), Duration.ofSeconds(90));
  }

  private static void assertStatus(JsonNode execution, String status) {
    assertThat(execution.get("status").stringValue()).as(execution.toString()).isEqualTo(status);
  }

  @Test
  void asksAServerUntilItAnswersAsWanted() {
    ASKED.set(0);
    JsonNode execution =
        run(
            OPEN.rest(),
            "javascript",
            "function main(i) { return 7; }",
            "{'checks':[{'http':{'url':'http://127.0.0.1:"
                + server.getAddress().getPort()
                + "/orders/7','expect':'response.body.ready && output == 7','within':'PT30S'}}]}");

    assertStatus(execution, "COMPLETED");
    assertThat(execution.get("output").intValue()).isEqualTo(7);
    assertThat(ASKED).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1"})
  void asksNothingOfWhatIsPrivate(String host) {
    int before = ASKED.get();
    JsonNode execution =
        run(
            Shared.rest(),
            "javascript",
            "function main(i) { return 7; }",
            "{'checks':[{'http':{'url':'http://"
                + host
                + ":"
                + server.getAddress().getPort()
                + "/','within':'PT5S'}}]}");

    assertStatus(execution, "FAILED");
    assertThat(execution.at("/failure/code").stringValue()).isEqualTo("CHECK_FAILED");
    assertThat(execution.at("/failure/details/0/stage").stringValue()).isEqualTo("checks");
    assertThat(execution.at("/failure/details/0/pointer").stringValue()).isEqualTo("/checks/0");
    assertThat(execution.at("/failure/details/0/found").stringValue())
        .contains("taskwright.checks.open-ranges");
    assertThat(execution.get("output").isNull()).isTrue();
    assertThat(ASKED).hasValue(before);
  }

  @Test
  void wantsTheFilesThatTheWorkIsToLeave() {
    String source = "mkdir -p report && echo a > report/a.csv; echo 1 > $TASK_OUTPUT";
    String checks = "{'checks':[{'artifact':'report/*.csv','atLeast':%d,'maxBytes':'1Ki'}]}";

    assertStatus(leave(source, checks.formatted(1)), "COMPLETED");
    JsonNode missing = leave(source, checks.formatted(2));
    assertStatus(missing, "FAILED");
    assertThat(missing.at("/failure/code").stringValue()).isEqualTo("CHECK_FAILED");
    assertThat(missing.at("/failure/message").stringValue())
        .contains("at least 2 files report/*.csv", "there are 1");
  }

  private static JsonNode leave(String source, String checks) {
    ObjectNode definition = Tasks.of("bash", source, checks);
    definition.withObject("/automated").putArray("outputFiles").add("report/*.csv");
    Rest rest = Shared.rest();
    String task = Tasks.define(rest, definition);
    return rest.await(rest.start(task, "{}"), Duration.ofSeconds(90));
  }
}
