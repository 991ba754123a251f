package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows that say something else than what happened. */
final class RepairIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int RUNNING = 100;

  /** Their work failed once and is tried again in an hour: they are under way, and need nothing. */
  private static final String LATER =
      "{'retryPolicy':{'maxRetries':5,'retryInterval':'PT1H','maxInterval':'PT1H',"
          + "'retryableErrors':['CODE_ERROR']}}";

  private static final List<String> DAMAGES =
      List.of(
          "status = 'PREPARING'",
          "status = 'RUNNING', seq = 1",
          "status = 'COMPLETED'",
          "status = 'RECEIVED'",
          "status = 'RECEIVED', route = null, seq = 0",
          "seq = seq + 1000",
          "seq = 0, route = null",
          "route = '{\"method\":\"CONTAINER\",\"pool\":\"nowhere\",\"reason\":\"none\"}'",
          "status = 'FAILED', route = null, seq = seq - 1");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Rest rest = Shared.rest();

  private List<String> failedOnce(String task, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(rest.start(task, "{}"));
    }
    await()
        .atMost(LONGEST)
        .until(() ->
            ids.stream()
                .allMatch(id -> rest.execution(id).get("status").stringValue().equals("WAITING")));
    return ids;
  }

  /** What does not differ between executions that went the same way. */
  private JsonNode answer(String id) {
    ObjectNode answer = rest.execution(id).asObject();
    answer.withObject("/waiting").remove("since");
    answer.remove(List.of("id", "acceptedAt", "executionMetadata", "links"));
    for (JsonNode attempt : answer.get("attempts")) {
      attempt.asObject().remove(List.of("startedAt", "endedAt", "usage", "environment", "worker"));
    }
    return answer;
  }

  private static void damage(String id, String damage) throws Exception {
    try (Connection database = ServiceDatabase.open(Shared.installation());
        PreparedStatement update =
            database.prepareStatement("update execution set " + damage + " where id = ?")) {
      update.setObject(1, UUID.fromString(id));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript", "bash"})
  void areRepairedByACommandOrByThemselves(String runtime) throws Exception {
    String source = runtime.equals("bash") ? "exit 1\n" : "function main() { throw new Error(); }";
    String task = Tasks.define(rest, Tasks.of(runtime, source, LATER));
    List<String> ids = failedOnce(task, RUNNING + 1);
    JsonNode twin = answer(ids.removeLast());
    Random random = new Random(5);

    for (String id : ids) {
      damage(id, DAMAGES.get(random.nextInt(DAMAGES.size())));
    }

    for (String id : ids.subList(0, RUNNING / 2)) {
      Answer repaired = rest.post("/executions/" + id + "/repair", "{}");
      assertThat(repaired.status()).as(repaired.body()).isEqualTo(200);
      assertThat(answer(id)).isEqualTo(twin);
    }
    for (String id : ids.subList(RUNNING / 2, RUNNING)) {
      await().atMost(LONGEST).untilAsserted(() -> assertThat(answer(id)).isEqualTo(twin));
    }
    for (String id : ids) {
      assertThat(rest.post("/executions/" + id + "/repair", "{}").json().get("repaired")).isEmpty();
      rest.post("/executions/" + id + "/cancel", "{}");
    }
    for (String id : ids) {
      assertThat(rest.await(id, LONGEST).get("status").stringValue()).isEqualTo("CANCELLED");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status = 'RUNNING', seq = 1",
        "status = 'COMPLETED'",
        "status = 'WAITING', awaits = null, due = true",
        "status = 'PREPARING', awaits = '{\"b\": 5}'",
        "seq = seq + 7"
      })
  void waitForTheSameSignalsAsBefore(String damage) throws Exception {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "cat $TASK_SIGNALS > $TASK_OUTPUT\n",
                "{'signals':{'a':{'awaited':true},'b':{'awaited':true}}}"));
    String id = rest.start(task, "{}");
    rest.post("/executions/" + id + "/signals/a", "{}");
    JsonNode before = rest.execution(id);

    damage(id, damage);

    Answer repaired = rest.post("/executions/" + id + "/repair", "{}");
    assertThat(repaired.status()).as(repaired.body()).isEqualTo(200);
    assertThat(rest.execution(id)).isEqualTo(before);
    assertThat(before.at("/signals/awaited")).isEqualTo(JSON.readTree("[\"b\"]"));
    rest.post("/executions/" + id + "/signals/b", "{}");
    assertThat(rest.await(id, LONGEST).get("output")).hasSize(2);
  }

  @Test
  void areNotTouchedOnceTheyHaveEnded() throws Exception {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }"));
    String id = rest.run(task, "{}").get("id").stringValue();
    damage(id, "status = 'RUNNING', seq = 1");
    String before = row(id);

    Answer answer = rest.post("/executions/" + id + "/repair", "{}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("ALREADY_ENDED");
    assertThat(row(id)).isEqualTo(before);
    assertThat(Set.of(400, 404))
        .contains(rest.post("/executions/x/repair", "{}").status())
        .contains(rest.post("/executions/" + id + "/repair", "{\"all\":true}").status());
  }

  private static String row(String id) throws Exception {
    try (Connection database = ServiceDatabase.open(Shared.installation());
        PreparedStatement query =
            database.prepareStatement(
                "select xmin::text || ' ' || execution from execution where id = ?")) {
      query.setObject(1, UUID.fromString(id));
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }
}
