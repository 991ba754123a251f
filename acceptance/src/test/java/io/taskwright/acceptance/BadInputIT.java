package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no honest client sends: refused with a problem, nothing half-written, never a 500. */
class BadInputIT {
  private static final Rest REST = Shared.rest();
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final String ABSENT = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
  private static String task = "";

  @BeforeAll
  static void defineATask() {
    task =
        Tasks.define(
            REST,
            Tasks.of(
                "javascript",
                "function main(i) { return i; }",
                "{'inputSchema':{'properties':{'n':{'type':'integer'},'s':{'type':'string'}}}}"));
  }

  /** The answer is that problem, and tells nothing of what is inside. */
  static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    assertThat(answer.json().get("traceId").stringValue()).hasSize(32);
    assertThat(answer.json().get("type").stringValue()).startsWith("urn:taskwright:problem:");
    assertThat(answer.body())
        .doesNotContain("java.")
        .doesNotContain("org.springframework")
        .doesNotContain("select ");
  }

  private static String starts() {
    return "/tasks/" + task + "/executions";
  }

  static Stream<Arguments> envelopes() {
    return Stream.of(
        Arguments.of("", 400, "BODY_REQUIRED"),
        Arguments.of("  \n", 400, "BODY_REQUIRED"),
        Arguments.of("{", 400, "MALFORMED_JSON"),
        Arguments.of("{\"input\":1", 400, "MALFORMED_JSON"),
        Arguments.of("nonsense", 400, "MALFORMED_JSON"),
        Arguments.of("{} {}", 400, "MALFORMED_JSON"),
        Arguments.of("[]", 400, "INVALID_TYPE"),
        Arguments.of("\"x\"", 400, "INVALID_TYPE"),
        Arguments.of("1", 400, "INVALID_TYPE"),
        Arguments.of("null", 400, "INVALID_TYPE"),
        Arguments.of("{\"input\":1,\"input\":2}", 400, "DUPLICATE_KEY"),
        Arguments.of("{\"input\":{\"a\":{\"b\":1,\"b\":2}}}", 400, "DUPLICATE_KEY"),
        Arguments.of("{\"inputs\":1}", 400, "UNKNOWN_FIELD"),
        Arguments.of("{\"project\":\"other\"}", 400, "UNKNOWN_FIELD"),
        Arguments.of("{\"files\":[{\"filepath\":\"/etc/passwd\"}]}", 400, "INVALID_TYPE"),
        Arguments.of("{\"filepath\":\"/etc/passwd\"}", 400, "UNKNOWN_FIELD"),
        Arguments.of("{\"input\":NaN}", 400, "MALFORMED_JSON"),
        Arguments.of("{\"input\":Infinity}", 400, "MALFORMED_JSON"),
        Arguments.of("{\"input\":1,}", 400, "MALFORMED_JSON"),
        Arguments.of("{\"input\":1 /* c */}", 400, "MALFORMED_JSON"),
        Arguments.of("{'input':1}", 400, "MALFORMED_JSON"),
        Arguments.of("{\"input\":01}", 400, "MALFORMED_JSON"),
        Arguments.of("{\"input\":1e400}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"input\":9007199254740993}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"input\":[-9007199254740993]}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"input\":-0}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"input\":{\"x\":-0.0}}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"input\":" + "9".repeat(500_000) + "}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"input\":\"a\\u0000b\"}", 400, "INVALID_CHARACTER"),
        Arguments.of("{\"input\":{\"a\\u0000b\":1}}", 400, "INVALID_CHARACTER"),
        Arguments.of("{\"input\":\"\\ud800\"}", 400, "INVALID_CHARACTER"),
        Arguments.of("{\"version\":1.0}", 400, "INVALID_TYPE"),
        Arguments.of("{\"version\":\"1\"}", 400, "INVALID_TYPE"),
        Arguments.of("{\"version\":0}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"version\":99}", 404, "NOT_FOUND"),
        Arguments.of("{\"priority\":0}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"priority\":6}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"labels\":[]}", 400, "INVALID_TYPE"),
        Arguments.of("{\"labels\":{\"a\":1}}", 400, "INVALID_TYPE"),
        Arguments.of("{\"labels\":{\"\":\"x\"}}", 400, "OUT_OF_RANGE"),
        Arguments.of("{\"startAt\":\"tomorrow\"}", 400, "INVALID_TIME"),
        Arguments.of("{\"startAt\":\"2026-02-30T00:00:00Z\"}", 400, "INVALID_TIME"),
        Arguments.of("{\"startAt\":\"2026-02-20T00:00:00\"}", 400, "INVALID_TIME"),
        Arguments.of("{\"startAt\":\"+275760-09-13T00:00:00Z\"}", 400, "INVALID_TIME"),
        Arguments.of("{\"startAt\":\"0000-01-01T25:00:00Z\"}", 400, "INVALID_TIME"),
        Arguments.of("{\"input\":{\"n\":\"x\"}}", 422, "INPUT_INVALID"),
        Arguments.of("[".repeat(5_000) + "]".repeat(5_000), 413, "TOO_LARGE"));
  }

  @ParameterizedTest(name = "{index}: {2}")
  @MethodSource("envelopes")
  void aStartWithAWrongEnvelopeIsRefused(String body, int status, String code) {
    int before = count();
    assertProblem(REST.post(starts(), body), status, code);
    assertThat(count()).isEqualTo(before);
  }

  private static int count() {
    return REST.get("/executions?task=" + task + "&limit=200").json().get("items").size();
  }

  @Test
  void everyViolationOfTheInputIsListed() {
    Answer answer = REST.post(starts(), "{\"input\":{\"n\":\"x\",\"s\":5}}");
    assertProblem(answer, 422, "INPUT_INVALID");
    assertThat(answer.json().get("errors").valueStream().map(e -> e.get("pointer").stringValue()))
        .containsExactlyInAnyOrder("/n", "/s");
  }

  @Test
  void bodiesThatAreTooLargeAreNotRead() {
    String large = "{\"input\":\"" + "x".repeat(3 << 20) + "\"}";
    assertProblem(REST.post(starts(), large), 413, "TOO_LARGE");
    StringBuilder keys = new StringBuilder("{\"input\":{\"k\":0");
    for (int i = 0; i < 1_000_000; i++) {
      keys.append(",\"k").append(i).append("\":0");
    }
    assertProblem(REST.post(starts(), keys.append("}}").toString()), 413, "TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json;charset=latin1",
        "application/x-www-form-urlencoded",
        "application/yaml",
        "nonsense"
      })
  void otherFormsOfTheBodyAreRefused(String type) {
    Answer answer = REST.post(starts(), Map.of("Content-Type", type), "{}");
    assertProblem(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void aBodyWithoutAFormAndAnEncodedOneAreRefused() {
    assertProblem(REST.call("POST", starts(), Map.of(), "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
    Answer packed =
        REST.post(
            starts(), Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), "{}");
    assertProblem(packed, 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] broken = "{\"input\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertProblem(REST.send("POST", starts(), JSON, broken), 400, "MALFORMED_JSON");
  }

  @Test
  void answersThatCannotBeGivenAreRefused() {
    Answer answer = REST.call("GET", "/tasks", Map.of("Accept", "text/xml"), (String) null);
    assertProblem(answer, 406, "NOT_ACCEPTABLE");
  }

  @Test
  void routesThatAreNotThereAreNotThere() {
    for (String path :
        List.of(
            "/nothing", "/tasks/", "/Tasks", "/executions/x/y", "/tasks/x/y/configs", "/error")) {
      assertProblem(REST.get(path), 404, "NOT_FOUND");
    }
    assertProblem(
        REST.call("DELETE", "/tasks", Map.of(), (String) null), 405, "METHOD_NOT_ALLOWED");
    Answer overridden =
        REST.call("POST", "/tasks/" + task, Map.of("X-HTTP-Method-Override", "GET"), (String) null);
    assertProblem(overridden, 405, "METHOD_NOT_ALLOWED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not-an-id",
        "{0198c5d0-7b1a-7c3d-8e4f-000000000001}",
        "0198C5D0-7B1A-7C3D-8E4F-000000000001",
        ABSENT,
        "..%2f..%2fetc%2fpasswd",
        "%00"
      })
  void idsOfNothingAreNotFound(String id) {
    String safe = id.replace("{", "%7B").replace("}", "%7D");
    assertThat(REST.get("/executions/" + safe).status()).isIn(400, 404);
    assertThat(REST.get("/executions/" + safe + "/events").status()).isIn(400, 404);
    assertThat(REST.post("/executions/" + safe + "/cancel", "{}").status()).isIn(400, 404);
    assertThat(REST.get("/executions/" + "a".repeat(5_000)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\u00e4"})
  void idempotencyKeysAreVisibleAscii(String key) {
    if (key.equals("\u00e4")) {
      key = "k".repeat(1_024);
    }
    Answer answer = REST.post(starts(), Map.of("Idempotency-Key", key), "{}");
    assertProblem(answer, 400, "INVALID_IDEMPOTENCY_KEY");
  }

  @Test
  void startsWithoutAKeyAreEachTheirOwn() {
    String one = REST.start(task, "{}");
    String two = REST.start(task, "{}");
    assertThat(one).isNotEqualTo(two);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=1000000000",
        "limit=x",
        "cursor=forged",
        "cursor=AAAA"
      })
  void pagesThatCannotBeGivenAreRefused(String query) {
    for (String list : List.of("/executions", "/logs", "/tasks")) {
      assertProblem(REST.get(list + "?" + query), 400, "INVALID_PAGE");
    }
  }

  @Test
  void searchesAreTakenLiterally() {
    for (String text :
        List.of("%25", "_", "%5C%5C", "%27%3B%20drop%20table%20task%3B--", "(a%2B)%2B%24")) {
      for (String list : List.of("/executions", "/logs", "/tasks")) {
        Answer answer = REST.get(list + "?q=" + text);
        assertThat(answer.status()).isIn(200, 404);
        if (answer.status() == 200) {
          String literal = URLDecoder.decode(text, StandardCharsets.UTF_8);
          assertThat(answer.json().get("items"))
              .allSatisfy(item -> assertThat(item.path("message").asString("")).contains(literal));
        }
      }
    }
    assertProblem(REST.get("/tasks?q=" + "x".repeat(5_000)), 400, "INVALID_PARAMETER");
    assertProblem(REST.get("/tasks?sort=name"), 400, "INVALID_PARAMETER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=yesterday",
        "since=2026-02-30T00:00:00Z",
        "until=2026-01-01",
        "since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z"
      })
  void timesThatAreNoneAreRefused(String query) {
    assertProblem(REST.get("/executions?" + query), 400, "INVALID_TIME");
    assertProblem(REST.get("/logs?" + query), 400, "INVALID_TIME");
  }

  @Test
  void filtersThatNameNothingAreRefused() {
    assertProblem(REST.get("/executions?status=DONE"), 400, "INVALID_PARAMETER");
    assertProblem(REST.get("/executions?task=none"), 400, "INVALID_PARAMETER");
    assertProblem(REST.get("/executions?label=x"), 400, "INVALID_PARAMETER");
    assertProblem(REST.get("/logs?level=LOUD"), 400, "INVALID_PARAMETER");
    assertProblem(REST.get("/logs?execution=x"), 400, "INVALID_PARAMETER");
  }

  @Test
  void linesOfLogAreRefusedWhenTheyAreNone() {
    String id = REST.start(task, "{}");
    String good = "{\"execution\":\"%s\",\"level\":\"%s\",\"message\":\"%s\"%s}";
    assertThat(REST.post("/logs", good.formatted(id, "INFO", "note", "")).status()).isEqualTo(201);
    assertProblem(REST.post("/logs", good.formatted(id, "LOUD", "x", "")), 422, "VALUE_INVALID");
    assertProblem(REST.post("/logs", good.formatted(ABSENT, "INFO", "x", "")), 404, "NOT_FOUND");
    assertProblem(
        REST.post("/logs", good.formatted(id, "INFO", "x", ",\"time\":\"1999-01-01T00:00:00Z\"")),
        400,
        "INVALID_TIME");
    assertProblem(
        REST.post("/logs", good.formatted(id, "INFO", "x", ",\"id\":5")), 400, "UNKNOWN_FIELD");
    assertProblem(REST.post("/logs", "{\"level\":\"INFO\"}"), 400, "FIELD_REQUIRED");
  }

  @Test
  void oddRequestsAreRefusedBelowOurCodeToo() {
    assertThat(
            REST.call("GET", "/tasks", Map.of("X-Long", "x".repeat(100_000)), (String) null)
                .status())
        .isIn(400, 431);
  }
}
