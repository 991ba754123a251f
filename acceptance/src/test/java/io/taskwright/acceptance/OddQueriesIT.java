package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that no route has an answer to. */
class OddQueriesIT {
  private static final Rest REST = Shared.rest();

  static Stream<AccessIT.Route> routes() {
    return AccessIT.routes().stream()
        .filter(route -> List.of("viewer", "operator", "author", "admin").contains(route.least()))
        .filter(route -> !route.path().equals("/bundles") && !route.path().equals("/files"))
        .filter(route -> !route.path().equals("/tasks/import"));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void noRouteTakesParametersThatItDoesNotHave(AccessIT.Route route) {
    String path =
        route.path().replace("{task}", "none").replace("{execution}", "none") + "?nonsense=1";
    Map<String, String> form = Map.of("Content-Type", "application/json");
    Answer answer =
        route.body().isEmpty()
            ? REST.call(route.method(), path, Map.of(), (String) null)
            : REST.call(route.method(), path, form, route.body());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
    assertThat(answer.json().get("detail").stringValue()).startsWith("unknown: nonsense; known: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+275760-09-13T00:00:00Z",
        "275760-09-13T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-06-30T23:59:60Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+25:00",
        "2026-03-29T02:30:00",
        "2026-01-01",
        "1e9",
        "now"
      })
  void timesThatAreNoneAreRefusedInQueriesAndBodies(String time) {
    Answer asked = REST.get("/executions?since=" + URLEncoder.encode(time, StandardCharsets.UTF_8));
    assertThat(asked.status()).as(asked.toString()).isEqualTo(400);
    assertThat(asked.code()).isEqualTo("INVALID_TIME");
    String task = Tasks.define(REST, Tasks.of("javascript", "function main() { return 1; }"));
    Answer started = REST.post("/tasks/" + task + "/executions", "{\"startAt\":\"" + time + "\"}");
    assertThat(started.status()).as(started.toString()).isEqualTo(400);
    assertThat(started.code()).isEqualTo("INVALID_TIME");
    assertThat(REST.get("/executions?task=" + task).json().get("items")).isEmpty();
  }

  @Test
  void aCursorOfAnotherListIsRefusedAndOneOfAnotherProjectShowsNothing() {
    String task = Tasks.define(REST, Tasks.of("javascript", "function main() { return 1; }"));
    REST.start(task, "{}");
    REST.start(task, "{}");
    String cursor =
        REST.get("/executions?limit=1&task=" + task).json().get("nextCursor").stringValue();
    for (String list : List.of("/tasks", "/logs", "/batches")) {
      Answer answer = REST.get(list + "?cursor=" + cursor);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("INVALID_PAGE");
    }
    String key =
        REST.post("/projects", "{\"name\":\"" + Tasks.name("cursor") + "\"}")
            .json()
            .at("/key/secret")
            .stringValue();
    assertThat(REST.as(key).get("/executions?cursor=" + cursor).json().get("items")).isEmpty();
  }
}
