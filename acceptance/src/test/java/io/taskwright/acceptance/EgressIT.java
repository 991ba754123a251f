package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Code that names where it connects to, on an installation whose operator opened the loopback. */
class EgressIT {
  private static final Installation SERVICE = Installation.fresh();
  private static final String GET =
      """
      from urllib.request import urlopen
      def main(url):
          return urlopen(url, timeout=20).read().decode()
      """;
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static HttpServer web;

  @BeforeAll
  static void start() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          ASKED.incrementAndGet();
          byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    SERVICE.up(Map.of("TASKWRIGHT_EXECUTOR_EGRESS_OPENRANGES", "127.0.0.1/32"), "--split");
  }

  @AfterAll
  static void stop() {
    web.stop(0);
    SERVICE.close();
  }

  private static String address() {
    return "127.0.0.1:" + web.getAddress().getPort();
  }

  private static JsonNode run(String level, String url) {
    Rest rest = SERVICE.rest();
    return rest.run(
        Tasks.define(
            rest,
            Tasks.withConfig(
                Tasks.of("python", GET),
                "{'securityContext':{'securityLevel':'%s','egress':['%s']}}"
                    .formatted(level, address()))),
        "\"" + url + "\"");
  }

  private static List<String> systemLines(JsonNode execution) {
    return SERVICE
        .rest()
        .get("/logs?execution=" + execution.get("id").stringValue())
        .json()
        .get("items")
        .valueStream()
        .filter(line -> line.get("source").stringValue().equals("system"))
        .map(line -> line.get("message").stringValue())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "MEDIUM"})
  void reachesWhatItNamesAndSaysSo(String level) {
    JsonNode execution = run(level, "http://" + address() + "/");
    assertThat(execution.get("status").stringValue())
        .as(execution.toString())
        .isEqualTo("COMPLETED");
    assertThat(execution.get("output").stringValue()).isEqualTo("hello");
    assertThat(execution.at("/attempts/0/environment").stringValue())
        .startsWith(level.equals("LOW") ? "bubblewrap/" : "docker/");
    assertThat(systemLines(execution))
        .singleElement()
        .asString()
        .startsWith("egress: connected to " + address() + " at " + address());
  }

  @Test
  void aDryRunThatRunsTheCodeReachesNothing() {
    Rest rest = SERVICE.rest();
    String task =
        Tasks.define(
            rest,
            Tasks.withConfig(
                Tasks.of("python", GET, "{'dryRun':'run'}"),
                "{'securityContext':{'egress':['%s']}}".formatted(address())));
    int before = ASKED.get();

    JsonNode answer =
        rest.post("/tasks/" + task + "/dry-run", "{\"input\":\"http://" + address() + "/\"}")
            .json();

    assertThat(answer.path("outcome").asString("")).as(answer.toString()).isEqualTo("FAILED");
    assertThat(answer.at("/wouldHave/0/egress/0").stringValue()).isEqualTo(address());
    assertThat(ASKED).hasValue(before);
  }

  @Test
  void failsOnceForWhatItDoesNotName() {
    JsonNode execution = run("LOW", "http://other.example/");
    assertThat(execution.at("/failure/code").stringValue())
        .as(execution.toString())
        .isEqualTo("EGRESS_DENIED");
    assertThat(execution.at("/failure/category").stringValue()).isEqualTo("POLICY");
    assertThat(execution.at("/failure/details/denied/0/target").stringValue())
        .isEqualTo("http://other.example/");
    assertThat(execution.get("attempts")).hasSize(1);
    assertThat(systemLines(execution))
        .containsExactly(
            "egress: refused the connection to http://other.example/: the definition's egress does"
                + " not name other.example:80");
  }

  @Test
  void aDefinitionSaysWhereItCannotConnectTo() {
    Rest rest = SERVICE.rest();
    Rest.Answer answer =
        rest.post(
            "/tasks",
            Tasks.withConfig(
                    Tasks.of("python", GET),
                    "{'securityContext':{'egress':['example.org:443','http://example.org']}}")
                .toString());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("/automated/executionConfig/securityContext/egress/1", "INVALID_DESTINATION");
  }
}
