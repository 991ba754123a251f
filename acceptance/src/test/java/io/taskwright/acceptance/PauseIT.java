package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes on while an execution is paused, and what does not. */
final class PauseIT {
  private final Rest rest = Shared.rest();
  private final Staged staged = new Staged(rest, "{}");

  private Answer command(String id, String command, String body) {
    return staged.command(id, command, body);
  }

  @Test
  void beginsNoOtherAttemptOfWhatIsPaused() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "sleep 2; [ \"$TASK_ATTEMPT\" = 2 ] && echo '\"done\"' > \"$TASK_OUTPUT\" || exit"
                    + " 1\n",
                "{'retryPolicy':{'maxRetries':2,'retryInterval':'PT0.1S','retryableErrors':['CODE_ERROR']}}"));
    String id = staged.running(task);
    command(id, "pause", "{\"reason\":\"a look at it\"}");
    await()
        .atMost(Staged.LONGEST)
        .until(() -> rest.execution(id).at("/attempts/0/failure").isObject());
    JsonNode held = rest.execution(id);
    assertThat(held.get("status").stringValue()).isEqualTo("PAUSED");
    assertThat(held.at("/paused/reason").stringValue()).isEqualTo("a look at it");
    assertThat(held.at("/paused/from").stringValue()).isEqualTo("RUNNING");
    assertThat(held.at("/waiting/for").stringValue()).contains("resume; paused by");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Staged.LONGEST)
        .until(() -> rest.execution(id).get("attempts").size() == 1);

    command(id, "resume", "{}");
    JsonNode end = rest.await(id, Staged.LONGEST);
    assertThat(end.get("status").stringValue()).as(end.toString()).isEqualTo("COMPLETED");
    assertThat(end.get("attempts")).hasSize(2);
    assertThat(end.get("paused").isNull()).isTrue();
  }

  @Test
  void holdsTheEndOfWhatGoesOn() {
    String task =
        Tasks.define(rest, Tasks.of("bash", "sleep 2; echo 7 > \"$TASK_OUTPUT\"\n", "{}"));
    String id = staged.running(task);
    command(id, "pause", "{}");
    await()
        .atMost(Staged.LONGEST)
        .until(() -> rest.execution(id).at("/attempts/0/endedAt").isString());
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("PAUSED");
    assertThat(rest.execution(id).get("output").isNull()).isTrue();
    command(id, "resume", "{}");
    assertThat(rest.await(id, Staged.LONGEST).get("output").intValue()).isEqualTo(7);
  }

  @Test
  void doesNotCountThePauseAgainstTheQueue() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "javascript", "function main() { return 1; }", "{'timeouts':{'queue':'PT2S'}}"));
    Answer started =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"startAt\":\"" + Instant.now().plusMillis(1500) + "\"}");
    String id = started.json().get("id").stringValue();
    command(id, "pause", "{}");
    Instant late = Instant.now().plusSeconds(5);
    await().atMost(Staged.LONGEST).until(() -> Instant.now().isAfter(late));
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("PAUSED");
    command(id, "resume", "{}");
    assertThat(rest.await(id, Staged.LONGEST).get("status").stringValue()).isEqualTo("COMPLETED");
  }
}
