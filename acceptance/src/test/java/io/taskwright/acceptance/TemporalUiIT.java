package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator finds in Temporal's own Web UI, asked as its page asks. */
class TemporalUiIT {
  private static final String WORKFLOWS = "/namespaces/taskwright/workflows";

  private final Rest rest = Shared.rest();
  private final Rest ui =
      new Rest(
          URI.create(Shared.installation().status().get("temporalUi").stringValue() + "/api/v1"),
          null);

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A summary is a payload of JSON. */
  private static String summary(JsonNode metadata) {
    String data = metadata.at("/summary/data").stringValue();
    return JsonMapper.shared().readTree(Base64.getDecoder().decode(data)).stringValue();
  }

  @Test
  void listsARunUnderItsTasksName() {
    String task =
        Tasks.define(rest, Tasks.of("javascript", "function main() { return 'listed'; }"));
    String id = rest.start(task, "{}");
    assertThat(rest.await(id, Duration.ofSeconds(30)).get("output").stringValue())
        .isEqualTo("listed");

    String query = WORKFLOWS + "?query=" + encoded("WorkflowType = '" + task + "'");
    await()
        .atMost(Duration.ofSeconds(15)) // Temporal lists a run a little after its end
        .untilAsserted(() ->
            assertThat(ui.get(query).json().path("executions").valueStream())
                .singleElement()
                .satisfies(run -> {
                  assertThat(run.at("/execution/workflowId").stringValue()).endsWith(id);
                  assertThat(run.at("/type/name").stringValue()).isEqualTo(task);
                  assertThat(run.get("status").stringValue())
                      .isEqualTo("WORKFLOW_EXECUTION_STATUS_COMPLETED");
                }));
  }

  @Test
  void saysOfARunWhatItIs() {
    String task = Tasks.define(rest, Tasks.of("bash", "echo '\"said\"' > \"$TASK_OUTPUT\""));
    String id = rest.start(task, "{}");
    rest.await(id, Duration.ofSeconds(30));

    String workflow = WORKFLOWS + "/" + encoded("default/" + id);
    assertThat(summary(ui.get(workflow).json().at("/executionConfig/userMetadata")))
        .isEqualTo("task " + task + " · version 1 · project default");
    List<String> steps =
        ui.get(workflow + "/history")
            .json()
            .at("/history/events")
            .valueStream()
            .filter(event -> event.at("/userMetadata/summary").has("data"))
            .map(event -> summary(event.get("userMetadata")))
            .toList();
    assertThat(steps).contains("on pool default");
  }
}
